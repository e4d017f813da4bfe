package main

import (
	"fmt"
	"slices"

	"github.com/argoproj/argo-rollouts/pkg/apis/rollouts/v1alpha1"
	"github.com/argoproj/argo-rollouts/pkg/apis/rollouts/validation"
	analysisutil "github.com/argoproj/argo-rollouts/utils/analysis"
	appsv1 "k8s.io/api/apps/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// placeholder stands for an argument that only a run knows: a duration, and to PromQL a number too.
const placeholder = "1m"

// analyses lists the templates of every analysis that the rollout runs, as the controller hands them to its
// validation, and checks the run that each of them makes.
func (c checker) analyses(rollout *v1alpha1.Rollout) []validation.AnalysisTemplatesWithType {
	all := []validation.AnalysisTemplatesWithType{}
	add := func(analysis *v1alpha1.RolloutAnalysis, role validation.AnalysisTemplateType, step int) {
		if analysis == nil {
			return
		}
		templates, clusterTemplates := c.templates(rollout.Namespace, analysis.Templates, nil)
		all = append(all, validation.AnalysisTemplatesWithType{
			AnalysisTemplates:        templates,
			ClusterAnalysisTemplates: clusterTemplates,
			TemplateType:             role,
			CanaryStepIndex:          step,
			Args:                     analysis.Args,
		})
		c.analysis(rollout.Namespace, analysis.Templates, c.arguments(rollout, analysis.Args), analysis.DryRun, analysis.MeasurementRetention)
	}
	if blueGreen := rollout.Spec.Strategy.BlueGreen; blueGreen != nil {
		add(blueGreen.PrePromotionAnalysis, validation.PrePromotionAnalysis, 0)
		add(blueGreen.PostPromotionAnalysis, validation.PostPromotionAnalysis, 0)
	}
	if canary := rollout.Spec.Strategy.Canary; canary != nil {
		for index, step := range canary.Steps {
			add(step.Analysis, validation.InlineAnalysis, index)
		}
		if canary.Analysis != nil {
			add(&canary.Analysis.RolloutAnalysis, validation.BackgroundAnalysis, 0)
		}
	}
	return all
}

// templates finds the templates and those that they refer to. They are copies: the engine's validation writes into them.
func (c checker) templates(namespace string, references []v1alpha1.AnalysisTemplateRef, path []string) (
	[]*v1alpha1.AnalysisTemplate, []*v1alpha1.ClusterAnalysisTemplate,
) {
	templates, clusterTemplates := []*v1alpha1.AnalysisTemplate{}, []*v1alpha1.ClusterAnalysisTemplate{}
	for _, reference := range references {
		step := fmt.Sprint(reference.IsClusterScope(), reference.TemplateName)
		if slices.Contains(path, step) {
			c.add("references", fmt.Sprintf("the analysis template %q refers to itself", reference.TemplateName))
			continue
		}
		nested := []v1alpha1.AnalysisTemplateRef{}
		if reference.IsClusterScope() {
			template, ok := find[*v1alpha1.ClusterAnalysisTemplate](c.cluster, "ClusterAnalysisTemplate", "", reference.TemplateName)
			if !ok {
				c.missing("templates", "ClusterAnalysisTemplate", reference.TemplateName)
				continue
			}
			clusterTemplates, nested = append(clusterTemplates, template.DeepCopy()), template.Spec.Templates
		} else {
			template, ok := find[*v1alpha1.AnalysisTemplate](c.cluster, "AnalysisTemplate", namespace, reference.TemplateName)
			if !ok {
				c.missing("templates", "AnalysisTemplate", reference.TemplateName)
				continue
			}
			templates, nested = append(templates, template.DeepCopy()), template.Spec.Templates
		}
		inner, innerCluster := c.templates(namespace, nested, append(slices.Clone(path), step))
		templates, clusterTemplates = append(templates, inner...), append(clusterTemplates, innerCluster...)
	}
	return analysisutil.FilterUniqueTemplates(templates, clusterTemplates)
}

// arguments gives those of an analysis the values that the controller would, with made-up pod hashes.
func (c checker) arguments(rollout *v1alpha1.Rollout, args []v1alpha1.AnalysisRunArgument) []v1alpha1.Argument {
	replicas := func(hash string) *appsv1.ReplicaSet {
		return &appsv1.ReplicaSet{ObjectMeta: metav1.ObjectMeta{Labels: map[string]string{v1alpha1.DefaultRolloutUniqueLabelKey: hash}}}
	}
	arguments, err := analysisutil.BuildArgumentsForRolloutAnalysisRun(args, replicas("6c4b9f7d8"), replicas("7d9f8c5b6"), rollout)
	if err != nil {
		c.add("references", err)
	}
	return arguments
}

// analysis makes the run that the templates and arguments give, and checks its metrics with their values filled in.
func (c checker) analysis(
	namespace string, references []v1alpha1.AnalysisTemplateRef, args []v1alpha1.Argument,
	dryRun []v1alpha1.DryRun, retention []v1alpha1.MeasurementRetention,
) {
	templates, clusterTemplates := c.templates(namespace, references, nil)
	if len(templates)+len(clusterTemplates) == 0 {
		return
	}
	run, err := analysisutil.NewAnalysisRunFromTemplates(
		templates, clusterTemplates, args, dryRun, retention, map[string]string{}, map[string]string{}, "", "", namespace)
	if err != nil {
		c.add("references", err)
		return
	}
	c.metrics(run.Spec.Metrics, run.Spec.Args)
	if _, err := analysisutil.GetDryRunMetrics(run.Spec.DryRun, run.Spec.Metrics); err != nil {
		c.add("analysis", err)
	}
	if _, err := analysisutil.GetMeasurementRetentionMetrics(run.Spec.MeasurementRetention, run.Spec.Metrics); err != nil {
		c.add("analysis", err)
	}
}

// template checks a template by itself, with made-up values where it leaves them to who runs it.
func (c checker) template(namespace string, spec v1alpha1.AnalysisTemplateSpec) {
	c.templates(namespace, spec.Templates, nil)
	if len(spec.Metrics) == 0 && len(spec.Templates) > 0 {
		return
	}
	c.metrics(spec.Metrics, spec.Args)
	if _, err := analysisutil.GetDryRunMetrics(spec.DryRun, spec.Metrics); err != nil {
		c.add("analysis", err)
	}
	if _, err := analysisutil.GetMeasurementRetentionMetrics(spec.MeasurementRetention, spec.Metrics); err != nil {
		c.add("analysis", err)
	}
}

func (c checker) metrics(metrics []v1alpha1.Metric, args []v1alpha1.Argument) {
	known := slices.Clone(args)
	for index, arg := range known {
		if arg.Value != nil && arg.ValueFrom != nil {
			c.add("analysis", fmt.Sprintf("argument %q has both a value and a source of it", arg.Name))
		}
		if arg.Value == nil {
			value := placeholder
			known[index].Value = &value
		}
	}
	resolved := []v1alpha1.Metric{}
	for _, metric := range metrics {
		filled, err := analysisutil.ResolveMetricArgs(metric, known)
		if err != nil {
			c.add("analysis", fmt.Sprintf("metric %q: %v", metric.Name, err))
			continue
		}
		resolved = append(resolved, *filled)
		c.provider(*filled)
		c.conditions(metric, *filled, args)
	}
	if err := analysisutil.ValidateMetrics(resolved); err != nil {
		c.add("analysis", err)
	}
}
