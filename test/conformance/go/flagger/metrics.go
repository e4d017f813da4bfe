package main

import (
	"fmt"
	_ "unsafe" // for go:linkname

	"github.com/fluxcd/flagger/pkg/apis/flagger/v1beta1"
	"github.com/fluxcd/flagger/pkg/metrics/observers"
	"github.com/fluxcd/flagger/pkg/metrics/providers"
	"k8s.io/client-go/rest"

	"cdk8s-fairway/conformance/promql"
)

//go:linkname toMetricModel github.com/fluxcd/flagger/pkg/controller.toMetricModel
func toMetricModel(canary *v1beta1.Canary, interval string, variables map[string]string) v1beta1.MetricTemplateModel

// credentials are made up: every key that one of the providers asks its Secret for.
func credentials() map[string][]byte {
	all := map[string][]byte{"address": []byte("https://hooks.example.com/alerts")}
	for _, key := range []string{
		"username", "password", "token", "datadog_api_key", "datadog_application_key", "newrelic_account_id",
		"newrelic_query_key", "dynatrace_token", "sf_token_key", "org", "project",
	} {
		all[key] = []byte("1")
	}
	return all
}

// providerTypes are those that the factory knows; it takes any other for Prometheus, and says so only in its log.
var providerTypes = map[string]bool{
	"prometheus": true, "datadog": true, "externalmetrics": true, "cloudwatch": true, "newrelic": true, "graphite": true,
	"stackdriver": true, "influxdb": true, "dynatrace": true, "keptn": true, "splunk": true,
}

// metric checks a metric of the canary with the template that it names, as the controller would run it.
func (c checker) metric(canary *v1beta1.Canary, metric v1beta1.CanaryMetric) {
	isBuiltin := metric.Name == "request-success-rate" || metric.Name == "request-duration"
	if metric.TemplateRef == nil && metric.Query == "" && !isBuiltin {
		c.add("analysis", fmt.Sprintf("metric %q: it is none of the built-in ones, and has neither a template nor a query", metric.Name))
		return
	}
	model := toMetricModel(canary, orElse(metric.Interval, canary.GetMetricInterval()), metric.TemplateVariables)
	if metric.Query != "" {
		c.query(metric.Name, v1beta1.MetricTemplateProvider{Type: "prometheus"}, metric.Query, model)
	}
	if metric.TemplateRef == nil {
		return
	}
	namespace := orElse(metric.TemplateRef.Namespace, canary.Namespace)
	template, ok := find[*v1beta1.MetricTemplate](c.cluster, namespace, metric.TemplateRef.Name)
	if !ok {
		c.add("missing", fmt.Sprintf("metric %q: there is no MetricTemplate %q beside the object", metric.Name, metric.TemplateRef.Name))
		return
	}
	c.provider(orElse(metric.Interval, canary.GetMetricInterval()), template.Spec.Provider)
	c.query(metric.Name, template.Spec.Provider, template.Spec.Query, model)
}

// metricTemplate checks a template by itself. A query that takes variables is left to the canaries that give them.
func (c checker) metricTemplate(template *v1beta1.MetricTemplate) {
	c.provider("1m", template.Spec.Provider)
	model := v1beta1.MetricTemplateModel{
		Name: "name", Namespace: "namespace", Target: "target", Service: "service", Ingress: "ingress", Route: "route", Interval: "1m",
		Variables: c.variables(template),
	}
	c.query(template.Name, template.Spec.Provider, template.Spec.Query, model)
}

// variables are those that a canary gives the template, or none.
func (c checker) variables(template *v1beta1.MetricTemplate) map[string]string {
	for _, canary := range c.cluster.canaries() {
		for _, metric := range canaryMetrics(canary) {
			reference := metric.TemplateRef
			if reference != nil && reference.Name == template.Name && orElse(reference.Namespace, canary.Namespace) == template.Namespace {
				return metric.TemplateVariables
			}
		}
	}
	return map[string]string{}
}

func (c checker) query(name string, provider v1beta1.MetricTemplateProvider, query string, model v1beta1.MetricTemplateModel) {
	rendered, err := observers.RenderQuery(query, model)
	if err != nil {
		c.add("template", fmt.Sprintf("metric %q: %v", name, err))
		return
	}
	if provider.Type != "prometheus" {
		return
	}
	if _, err := promql.Parse(rendered); err != nil {
		c.add("promql", fmt.Sprintf("metric %q: %v", name, err))
	}
}

func (c checker) provider(interval string, provider v1beta1.MetricTemplateProvider) {
	if !providerTypes[provider.Type] {
		c.add("provider", fmt.Sprintf("unknown type %q", provider.Type))
		return
	}
	secret := map[string][]byte{}
	if provider.SecretRef != nil {
		secret = credentials()
	}
	_, err := providers.NewFactory(quiet).Provider(interval, provider, secret, &rest.Config{Host: "https://cluster.invalid"})
	c.refuse("provider", err)
}

func canaryMetrics(canary *v1beta1.Canary) []v1beta1.CanaryMetric {
	if canary.GetAnalysis() == nil {
		return nil
	}
	return canary.GetAnalysis().Metrics
}
