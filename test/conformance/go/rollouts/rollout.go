package main

import (
	"fmt"

	"github.com/argoproj/argo-rollouts/pkg/apis/rollouts/v1alpha1"
	"github.com/argoproj/argo-rollouts/pkg/apis/rollouts/validation"
	"github.com/argoproj/argo-rollouts/utils/conditions"
	ingressutil "github.com/argoproj/argo-rollouts/utils/ingress"
	istioutil "github.com/argoproj/argo-rollouts/utils/istio"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func (c checker) rollout(rollout *v1alpha1.Rollout) {
	for _, err := range validation.ValidateRollout(rollout) {
		c.add("validate", err)
	}
	if !c.resolveWorkload(rollout) {
		return
	}
	for _, validate := range []func(*v1alpha1.Rollout) error{
		validation.ValidateRolloutNginxIngressesConfig,
		validation.ValidateRolloutAlbIngressesConfig,
		c.validateVirtualServicesConfig,
	} {
		if err := validate(rollout); err != nil {
			c.add("validate", err)
		}
	}
	references := validation.ReferencedResources{
		ServiceWithType:           c.services(rollout),
		Ingresses:                 c.ingresses(rollout),
		VirtualServices:           c.virtualServices(rollout),
		AnalysisTemplatesWithType: c.analyses(rollout),
	}
	for _, err := range validation.ValidateRolloutReferencedResources(rollout, references) {
		c.add("references", err)
	}
	c.routing(rollout)
	if canary := rollout.Spec.Strategy.Canary; canary != nil {
		for index, step := range canary.Steps {
			if step.Experiment != nil {
				c.experimentStep(rollout, index, step.Experiment)
			}
		}
	}
}

// resolveWorkload brings in the template of the workload that the rollout refers to, as the controller does.
func (c checker) resolveWorkload(rollout *v1alpha1.Rollout) bool {
	reference := rollout.Spec.WorkloadRef
	if reference == nil {
		return true
	}
	switch reference.Kind {
	case "Deployment":
		if deployment, ok := find[*appsv1.Deployment](c.cluster, reference.Kind, rollout.Namespace, reference.Name); ok {
			c.resolved(rollout, deployment.Spec.Selector, deployment.Spec.Template)
			return true
		}
	case "ReplicaSet":
		if replicas, ok := find[*appsv1.ReplicaSet](c.cluster, reference.Kind, rollout.Namespace, reference.Name); ok {
			c.resolved(rollout, replicas.Spec.Selector, replicas.Spec.Template)
			return true
		}
	case "PodTemplate":
		if template, ok := find[*corev1.PodTemplate](c.cluster, reference.Kind, rollout.Namespace, reference.Name); ok {
			c.resolved(rollout, nil, template.Template)
			return true
		}
	}
	c.missing("workloadRef", reference.Kind, reference.Name)
	return false
}

func (c checker) resolved(rollout *v1alpha1.Rollout, selector *metav1.LabelSelector, template corev1.PodTemplateSpec) {
	rollout.Spec.SetResolvedTemplate(template)
	if rollout.Spec.Selector == nil {
		rollout.Spec.SetResolvedSelector(selector)
	}
	for _, err := range validation.ValidateRollout(rollout) {
		c.add("validate", err)
	}
}

func (c checker) validateVirtualServicesConfig(rollout *v1alpha1.Rollout) error {
	if canary := rollout.Spec.Strategy.Canary; canary == nil || canary.TrafficRouting == nil || canary.TrafficRouting.Istio == nil {
		return nil
	}
	return validation.ValidateRolloutVirtualServicesConfig(rollout)
}

func (c checker) missing(field, kind, name string) {
	c.add("missing", fmt.Sprintf("%s: there is no %s %q beside the object", field, kind, name))
}

func (c checker) services(rollout *v1alpha1.Rollout) []validation.ServiceWithType {
	services := []validation.ServiceWithType{}
	add := func(name string, role validation.ServiceType) {
		if service, ok := find[*corev1.Service](c.cluster, "Service", rollout.Namespace, name); ok {
			services = append(services, validation.ServiceWithType{Service: service, Type: role})
		} else if name != "" {
			c.missing(string(role), "Service", name)
		}
	}
	if blueGreen := rollout.Spec.Strategy.BlueGreen; blueGreen != nil {
		add(blueGreen.ActiveService, validation.ActiveService)
		add(blueGreen.PreviewService, validation.PreviewService)
	}
	if canary := rollout.Spec.Strategy.Canary; canary != nil {
		add(canary.StableService, validation.StableService)
		add(canary.CanaryService, validation.CanaryService)
		if canary.PingPong != nil {
			add(canary.PingPong.PingService, validation.PingService)
			add(canary.PingPong.PongService, validation.PongService)
		}
	}
	return services
}

func (c checker) ingresses(rollout *v1alpha1.Rollout) []ingressutil.Ingress {
	names := []string{}
	if canary := rollout.Spec.Strategy.Canary; canary != nil && canary.TrafficRouting != nil {
		if alb := canary.TrafficRouting.ALB; alb != nil {
			names = append(append(names, alb.Ingress), alb.Ingresses...)
		}
		if nginx := canary.TrafficRouting.Nginx; nginx != nil {
			names = append(append(names, nginx.StableIngress), nginx.StableIngresses...)
		}
	}
	ingresses := []ingressutil.Ingress{}
	for _, name := range names {
		if ingress, ok := find[*networkingv1.Ingress](c.cluster, "Ingress", rollout.Namespace, name); ok {
			ingresses = append(ingresses, *ingressutil.NewIngress(ingress))
		} else if name != "" {
			c.missing("trafficRouting", "Ingress", name)
		}
	}
	return ingresses
}

func (c checker) virtualServices(rollout *v1alpha1.Rollout) []unstructured.Unstructured {
	services := []unstructured.Unstructured{}
	if canary := rollout.Spec.Strategy.Canary; canary == nil || canary.TrafficRouting == nil || canary.TrafficRouting.Istio == nil {
		return services
	}
	istio := rollout.Spec.Strategy.Canary.TrafficRouting.Istio
	declared := istio.VirtualServices
	if istio.VirtualService != nil {
		declared = append(declared, *istio.VirtualService)
	}
	for _, service := range declared {
		namespace, name := istioutil.GetVirtualServiceNamespaceName(service.Name)
		if namespace == "" {
			namespace = rollout.Namespace
		}
		if object, ok := find[*unstructured.Unstructured](c.cluster, "VirtualService", namespace, name); ok {
			services = append(services, *object)
		} else {
			c.missing("trafficRouting.istio", "VirtualService", service.Name)
		}
	}
	if rule := istio.DestinationRule; rule != nil {
		c.destinationRule(rollout.Namespace, rule)
	}
	return services
}

// destinationRule holds that the subsets which the controller writes pod hashes into are there.
func (c checker) destinationRule(namespace string, rule *v1alpha1.IstioDestinationRule) {
	object, ok := find[*unstructured.Unstructured](c.cluster, "DestinationRule", namespace, rule.Name)
	if !ok {
		c.missing("trafficRouting.istio.destinationRule", "DestinationRule", rule.Name)
		return
	}
	names := map[string]bool{}
	subsets, _, _ := unstructured.NestedSlice(object.Object, "spec", "subsets")
	for _, subset := range subsets {
		if fields, ok := subset.(map[string]any); ok {
			name, _, _ := unstructured.NestedString(fields, "name")
			names[name] = true
		}
	}
	for _, name := range []string{rule.StableSubsetName, rule.CanarySubsetName} {
		if name != "" && !names[name] {
			c.add("missing", fmt.Sprintf("DestinationRule %q has no subset %q", rule.Name, name))
		}
	}
}

// experiment holds the object to the controller's check, and each template to the one that it has for rollouts.
func (c checker) experiment(experiment *v1alpha1.Experiment) {
	if condition := conditions.VerifyExperimentSpec(experiment, nil); condition != nil {
		c.add("validate", condition.Message)
	}
	c.duration("spec.duration", experiment.Spec.Duration)
	for _, template := range experiment.Spec.Templates {
		rollout := &v1alpha1.Rollout{Spec: v1alpha1.RolloutSpec{
			Replicas: template.Replicas,
			Selector: template.Selector,
			Template: template.Template,
			Strategy: v1alpha1.RolloutStrategy{Canary: &v1alpha1.CanaryStrategy{}},
		}}
		for _, err := range validation.ValidateRollout(rollout) {
			c.add("validate", fmt.Sprintf("templates %q: %v", template.Name, err))
		}
	}
	for _, analysis := range experiment.Spec.Analyses {
		references := []v1alpha1.AnalysisTemplateRef{reference(analysis.TemplateName, analysis.ClusterScope)}
		c.analysis(experiment.Namespace, references, analysis.Args, experiment.Spec.DryRun, experiment.Spec.MeasurementRetention)
	}
}

func (c checker) experimentStep(rollout *v1alpha1.Rollout, index int, step *v1alpha1.RolloutExperimentStep) {
	c.duration(fmt.Sprintf("spec.strategy.canary.steps[%d].experiment.duration", index), step.Duration)
	for _, analysis := range step.Analyses {
		references := []v1alpha1.AnalysisTemplateRef{reference(analysis.TemplateName, analysis.ClusterScope)}
		c.analysis(rollout.Namespace, references, c.arguments(rollout, analysis.Args), step.DryRun, nil)
	}
}

func (c checker) duration(field string, duration v1alpha1.DurationString) {
	if duration == "" {
		return
	}
	if _, err := duration.Duration(); err != nil {
		c.add("validate", fmt.Sprintf("%s: %v", field, err))
	}
}

func reference(name string, clusterScope *bool) v1alpha1.AnalysisTemplateRef {
	return v1alpha1.AnalysisTemplateRef{TemplateName: name, ClusterScope: clusterScope}
}
