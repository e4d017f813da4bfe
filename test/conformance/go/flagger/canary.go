package main

import (
	"fmt"
	"time"
	_ "unsafe" // for go:linkname

	"github.com/fluxcd/flagger/pkg/apis/flagger/v1beta1"
	"github.com/fluxcd/flagger/pkg/canary"
	_ "github.com/fluxcd/flagger/pkg/controller"
	"github.com/fluxcd/flagger/pkg/notifier"
	"github.com/fluxcd/flagger/pkg/router"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// What the controller verifies of a canary before anything else. It keeps these functions to itself.
//
//go:linkname verifyKnativeCanary github.com/fluxcd/flagger/pkg/controller.verifyKnativeCanary
func verifyKnativeCanary(canary *v1beta1.Canary) error

//go:linkname verifySessionAffinity github.com/fluxcd/flagger/pkg/controller.verifySessionAffinity
func verifySessionAffinity(canary *v1beta1.Canary) error

// selectorLabels are the controller's own default: how it tells the pods of a workload from those of another.
var selectorLabels = []string{"app", "name", "app.kubernetes.io/name"}

// ingressAnnotations is the controller's default prefix of the annotations that NGINX reads.
const ingressAnnotations = "nginx.ingress.kubernetes.io"

// minimalInterval is the shortest one that the controller keeps to.
const minimalInterval = 10 * time.Second

var quiet = zap.New(zapcore.NewNopCore()).Sugar()

func (c checker) canary(canary *v1beta1.Canary) {
	if canary.Spec.Analysis == nil {
		c.add("verify", "there is no analysis: the controller reads it without asking, and breaks down")
		return
	}
	c.refuse("verify", verifyKnativeCanary(canary))
	c.refuse("verify", verifySessionAffinity(canary))
	for _, other := range c.cluster.canaries() {
		if other.Name != canary.Name && other.Namespace == canary.Namespace && other.Spec.TargetRef.Name == canary.Spec.TargetRef.Name {
			c.add("verify", fmt.Sprintf("the canary %q has the same target", other.Name))
		}
	}
	c.analysis(canary)
	c.setUp(canary.DeepCopy())
}

func (c checker) analysis(canary *v1beta1.Canary) {
	analysis := canary.GetAnalysis()
	if interval, err := time.ParseDuration(analysis.Interval); err != nil {
		c.add("analysis", fmt.Sprintf("the controller replaces the interval by its default: %v", err))
	} else if interval < minimalInterval {
		c.add("analysis", fmt.Sprintf("the controller replaces the interval %s by %s", interval, minimalInterval))
	}
	for _, metric := range analysis.Metrics {
		c.metric(canary, metric)
	}
	for _, alert := range analysis.Alerts {
		namespace := orElse(alert.ProviderRef.Namespace, canary.Namespace)
		if _, ok := find[*v1beta1.AlertProvider](c.cluster, namespace, alert.ProviderRef.Name); !ok {
			c.add("missing", fmt.Sprintf("alert %q: there is no AlertProvider %q beside the object", alert.Name, alert.ProviderRef.Name))
		}
	}
	for _, webhook := range analysis.Webhooks {
		if webhook.Timeout != "" {
			_, err := time.ParseDuration(webhook.Timeout)
			c.refuse("analysis", err)
		}
	}
}

// setUp does what the controller does with a canary that it has not seen before, up to the first change of weights.
func (c checker) setUp(cd *v1beta1.Canary) {
	kubernetes, custom := c.cluster.clients()
	tracker := &canary.ConfigTracker{KubeClient: kubernetes, FlaggerClient: custom, Logger: quiet}
	controllers := canary.NewFactory(kubernetes, custom, nil, tracker, selectorLabels, nil, quiet)
	routers := router.NewFactory(nil, kubernetes, custom, nil, ingressAnnotations, "", quiet, custom, true)

	// No pod ever gets ready in a cluster without any, and a skipped analysis does not wait for one.
	unwatched := cd.DeepCopy()
	unwatched.Spec.SkipAnalysis = true

	controller := controllers.Controller(cd.Spec.TargetRef)
	label, value, ports, err := controller.GetMetadata(cd)
	if c.refuse("controller", err) {
		return
	}
	services := routers.KubernetesRouter(cd.Spec.TargetRef.Kind, label, value, ports)
	mesh := routers.MeshRouter(orElse(cd.Spec.Provider, v1beta1.KubernetesProvider), label)
	if c.refuse("controller", services.Initialize(cd)) {
		return
	}
	if _, err := controller.Initialize(unwatched); c.refuse("controller", err) {
		return
	}
	if scaler := cd.Spec.AutoscalerRef; scaler != nil {
		reconciler := controllers.ScalerReconciler(scaler.Kind)
		if reconciler == nil {
			c.add("controller", fmt.Sprintf("unknown kind of autoscaler %q", scaler.Kind))
		} else if c.refuse("controller", reconciler.ReconcilePrimaryScaler(cd, true)) {
			return
		}
	}
	if c.refuse("controller", services.Reconcile(cd)) || c.refuse("controller", mesh.Reconcile(cd)) {
		return
	}
	if _, _, _, err := mesh.GetRoutes(cd); c.refuse("controller", err) {
		return
	}
	c.refuse("controller", mesh.SetRoutes(cd, 50, 50, false))
}

func (c checker) alertProvider(provider *v1beta1.AlertProvider) {
	address := provider.Spec.Address
	if address == "" && provider.Spec.SecretRef != nil {
		address = string(credentials()["address"])
	}
	if address == "" {
		c.add("provider", "there is neither an address nor a secret that has it: no alert is ever sent")
	}
	factory := notifier.NewFactory(address, "", provider.Spec.Proxy, provider.Spec.Username, orElse(provider.Spec.Channel, "general"))
	_, err := factory.Notifier(provider.Spec.Type)
	c.refuse("provider", err)
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
