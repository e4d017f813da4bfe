package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/argoproj/argo-rollouts/pkg/apis/rollouts/v1alpha1"
	"github.com/argoproj/argo-rollouts/rollout/trafficrouting/apisix"
	"github.com/argoproj/argo-rollouts/rollout/trafficrouting/traefik"
	"github.com/argoproj/argo-rollouts/utils/record"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// gatewayPlugin is the name of the plug-in that routes with the Gateway API.
const gatewayPlugin = "argoproj-labs/gatewayAPI"

// routing lets the engine's reconcilers set a weight on what they find, as their validation looks at Istio and ingresses only.
func (c checker) routing(rollout *v1alpha1.Rollout) {
	canary := rollout.Spec.Strategy.Canary
	if canary == nil || canary.TrafficRouting == nil {
		return
	}
	recorder := record.NewFakeEventRecorder()
	if canary.TrafficRouting.Traefik != nil {
		client := client{c.cluster, "TraefikService", rollout.Namespace}
		reconciler := traefik.NewReconciler(&traefik.ReconcilerConfig{Rollout: rollout, Client: client, Recorder: recorder})
		c.setWeight("traefik", reconciler.SetWeight)
	}
	if route := canary.TrafficRouting.Apisix; route != nil && route.Route != nil {
		client := client{c.cluster, "ApisixRoute", rollout.Namespace}
		reconciler := apisix.NewReconciler(&apisix.ReconcilerConfig{Rollout: rollout, Client: client, Recorder: recorder})
		c.setWeight("apisix", reconciler.SetWeight)
	}
	if config, found := canary.TrafficRouting.Plugins[gatewayPlugin]; found {
		c.gatewayRoutes(rollout, config)
	}
}

func (c checker) setWeight(router string, set func(int32, ...v1alpha1.WeightDestination) error) {
	if err := set(50); err != nil {
		c.add("routing", fmt.Sprintf("%s: %v", router, err))
	}
}

// gatewayConfig is what of the plug-in's configuration names routes.
type gatewayConfig struct {
	Namespace  string      `json:"namespace"`
	HTTPRoute  string      `json:"httpRoute"`
	GRPCRoute  string      `json:"grpcRoute"`
	HTTPRoutes []routeName `json:"httpRoutes"`
	GRPCRoutes []routeName `json:"grpcRoutes"`
}

type routeName struct {
	Name string `json:"name"`
}

// gatewayRoutes holds that every route which the plug-in is to change leads to both services in one of its rules.
func (c checker) gatewayRoutes(rollout *v1alpha1.Rollout, text json.RawMessage) {
	config := gatewayConfig{}
	if err := json.Unmarshal(text, &config); err != nil {
		c.add("routing", err)
		return
	}
	namespace := config.Namespace
	if namespace == "" {
		namespace = rollout.Namespace
	}
	for kind, names := range map[string][]routeName{
		"HTTPRoute": append(config.HTTPRoutes, routeName{config.HTTPRoute}),
		"GRPCRoute": append(config.GRPCRoutes, routeName{config.GRPCRoute}),
	} {
		for _, route := range names {
			if route.Name == "" {
				continue
			}
			object, ok := find[*unstructured.Unstructured](c.cluster, kind, namespace, route.Name)
			if !ok {
				c.missing("trafficRouting.plugins", kind, route.Name)
			} else if !leadsToBoth(object, rollout.Spec.Strategy.Canary) {
				c.add("routing", fmt.Sprintf("no rule of %s %q has the stable and the canary service", kind, route.Name))
			}
		}
	}
}

func leadsToBoth(route *unstructured.Unstructured, canary *v1alpha1.CanaryStrategy) bool {
	rules, _, _ := unstructured.NestedSlice(route.Object, "spec", "rules")
	for _, rule := range rules {
		fields, _ := rule.(map[string]any)
		backends, _, _ := unstructured.NestedSlice(fields, "backendRefs")
		names := map[any]bool{}
		for _, backend := range backends {
			if reference, ok := backend.(map[string]any); ok {
				names[reference["name"]] = true
			}
		}
		if names[canary.StableService] && names[canary.CanaryService] {
			return true
		}
	}
	return false
}

// client reads the objects of one kind and namespace, and forgets what is written.
type client struct {
	cluster   objects
	kind      string
	namespace string
}

func (c client) Get(_ context.Context, name string, _ metav1.GetOptions, _ ...string) (*unstructured.Unstructured, error) {
	if object, ok := find[*unstructured.Unstructured](c.cluster, c.kind, c.namespace, name); ok {
		return object.DeepCopy(), nil
	}
	return nil, apierrors.NewNotFound(schema.GroupResource{Resource: c.kind}, name)
}

func (c client) Update(
	_ context.Context, object *unstructured.Unstructured, _ metav1.UpdateOptions, _ ...string,
) (*unstructured.Unstructured, error) {
	return object, nil
}

func (c client) Create(
	_ context.Context, object *unstructured.Unstructured, _ metav1.CreateOptions, _ ...string,
) (*unstructured.Unstructured, error) {
	return object, nil
}

func (c client) Delete(context.Context, string, metav1.DeleteOptions, ...string) error {
	return nil
}
