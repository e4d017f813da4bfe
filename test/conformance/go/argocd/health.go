package main

import (
	"context"
	"fmt"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/health"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/lua"
	"github.com/argoproj/argo-cd/v3/util/settings"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/fake"

	conformance "cdk8s-fairway/conformance/common"
)

const applicationHealth = "resource.customizations.health.argoproj.io_Application"

// sample is an application in a certain state, and the health that Argo CD must see in it.
// An empty want asks only for a valid status.
type sample struct {
	name   string
	status func(app *v1alpha1.Application)
	want   health.HealthStatusCode
}

var samples = []sample{
	{"no status", func(*v1alpha1.Application) {}, health.HealthStatusProgressing},
	{"progressing", withHealth(health.HealthStatusProgressing), health.HealthStatusProgressing},
	{"degraded", withHealth(health.HealthStatusDegraded), health.HealthStatusDegraded},
	{"healthy", withHealth(health.HealthStatusHealthy), health.HealthStatusHealthy},
	{"healthy for an older specification", stale, ""},
}

func withHealth(code health.HealthStatusCode) func(*v1alpha1.Application) {
	return func(app *v1alpha1.Application) {
		app.Status.Health = v1alpha1.AppHealthStatus{Status: code}
		app.Status.Sync = v1alpha1.SyncStatus{
			Status:     v1alpha1.SyncStatusCodeSynced,
			ComparedTo: app.Spec.BuildComparedToStatus(app.Spec.GetSources()),
		}
	}
}

func stale(app *v1alpha1.Application) {
	withHealth(health.HealthStatusHealthy)(app)
	app.Status.Sync.ComparedTo.Source.TargetRevision += "-before"
	for index := range app.Status.Sync.ComparedTo.Sources {
		app.Status.Sync.ComparedTo.Sources[index].TargetRevision += "-before"
	}
}

// checkHealth runs the health script for applications, if one is configured, on every sample.
func checkHealth(report *conformance.Report, tree *tree) error {
	for _, configuration := range tree.settings {
		if _, found := configuration.config.Data[applicationHealth]; !found || len(tree.applications) == 0 {
			continue
		}
		overrides, err := readOverrides(configuration.config)
		if err != nil {
			report.Add(configuration.Document, "settings", err)
			continue
		}
		for _, sample := range samples {
			if err := checkSample(report, configuration, tree.applications[0].app, sample, overrides); err != nil {
				return err
			}
		}
	}
	return nil
}

// readOverrides has Argo CD read its own ConfigMap.
func readOverrides(config *corev1.ConfigMap) (lua.ResourceHealthOverrides, error) {
	secret := &corev1.Secret{}
	secret.Name, secret.Namespace = "argocd-secret", config.Namespace
	secret.Labels = map[string]string{"app.kubernetes.io/part-of": "argocd"}
	manager := settings.NewSettingsManager(context.Background(), fake.NewClientset(config, secret), config.Namespace)
	return manager.GetResourceOverrides()
}

func checkSample(report *conformance.Report, configuration configuration, app *v1alpha1.Application, sample sample, overrides lua.ResourceHealthOverrides) error {
	app = app.DeepCopy()
	sample.status(app)
	fields, err := runtime.DefaultUnstructuredConverter.ToUnstructured(app)
	if err != nil {
		return err
	}
	if sample.name == "no status" {
		delete(fields, "status")
	}
	status, err := health.GetResourceHealth(&unstructured.Unstructured{Object: fields}, overrides)
	switch {
	case err != nil:
		report.Add(configuration.Document, "health-lua", fmt.Sprintf("%s: %v", sample.name, err))
	case status == nil || status.Status == "" || status.Status == health.HealthStatusUnknown:
		report.Add(configuration.Document, "health-lua", fmt.Sprintf("%s: the script returns no valid status", sample.name))
	case sample.want != "" && status.Status != sample.want:
		report.Add(configuration.Document, "health-lua", fmt.Sprintf("%s: want %s, got %s", sample.name, sample.want, status.Status))
	default:
		report.Note(configuration.Document, fmt.Sprintf("health of an application, %s: %s", sample.name, status.Status))
	}
	return nil
}
