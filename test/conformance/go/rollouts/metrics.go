package main

import (
	"fmt"
	"math"
	"slices"

	"github.com/antonmedv/expr"
	"github.com/argoproj/argo-rollouts/metricproviders/webmetric"
	"github.com/argoproj/argo-rollouts/pkg/apis/rollouts/v1alpha1"
	analysisutil "github.com/argoproj/argo-rollouts/utils/analysis"
	"github.com/argoproj/argo-rollouts/utils/evaluate"

	"cdk8s-fairway/conformance/promql"
)

// provider checks what a provider would refuse before it asks anybody.
func (c checker) provider(metric v1alpha1.Metric) {
	refuse := func(err error) {
		if err != nil {
			c.add("provider", fmt.Sprintf("metric %q: %v", metric.Name, err))
		}
	}
	if prometheus := metric.Provider.Prometheus; prometheus != nil {
		if _, err := promql.Parse(prometheus.Query); err != nil {
			c.add("promql", fmt.Sprintf("metric %q: %v", metric.Name, err))
		}
		if times := prometheus.RangeQuery; times != nil {
			_, err := evaluate.EvalTime(times.Start)
			refuse(err)
			_, err = evaluate.EvalTime(times.End)
			refuse(err)
			_, err = times.Step.Duration()
			refuse(err)
		}
	}
	if metric.Provider.Web != nil {
		_, err := webmetric.NewWebMetricJsonParser(metric)
		refuse(err)
		_, err = webmetric.NewWebMetricHttpClient(metric)
		refuse(err)
	}
}

// conditions compiles both conditions, and tries them with a result of the shape that the provider gives.
func (c checker) conditions(metric, filled v1alpha1.Metric, args []v1alpha1.Argument) {
	number := "1"
	known := slices.Clone(args)
	for index, arg := range known {
		if arg.Value == nil {
			known[index].Value = &number
		}
	}
	if numbers, err := analysisutil.ResolveMetricArgs(metric, known); err == nil {
		metric = *numbers
	}
	for _, condition := range []string{metric.SuccessCondition, metric.FailureCondition} {
		if condition == "" {
			continue
		}
		if err := compile(condition, filled.Provider); err != nil {
			c.add("condition", fmt.Sprintf("metric %q: %s: %v", metric.Name, condition, err))
		}
	}
}

// compile evaluates the condition with a result like the provider's, or only compiles it where that can be anything.
func compile(condition string, provider v1alpha1.MetricProvider) error {
	result, isKnown := resultOf(provider)
	if isKnown {
		_, err := evaluate.EvalCondition(result, condition)
		return err
	}
	_, err := expr.Compile(condition, expr.Env(environment{}))
	return err
}

// environment has what conditions can use, around a result of any shape.
type environment struct {
	Result  any                `expr:"result"`
	AsInt   func(any) int64    `expr:"asInt"`
	AsFloat func(any) float64  `expr:"asFloat"`
	IsNaN   func(float64) bool `expr:"isNaN"`
	IsInf   func(float64) bool `expr:"isInf"`
	IsNil   func(any) bool     `expr:"isNil"`
	Default func(any, any) any `expr:"default"`
}

func resultOf(provider v1alpha1.MetricProvider) (any, bool) {
	switch {
	case provider.Prometheus != nil:
		shape, err := promql.Parse(provider.Prometheus.Query)
		if err == nil && shape == promql.Scalar && provider.Prometheus.RangeQuery == nil {
			return math.Pi, true
		}
		return []float64{math.Pi}, true
	case provider.Graphite != nil:
		return []float64{math.Pi}, true
	case provider.Datadog != nil:
		return math.Pi, true
	}
	return nil, false
}
