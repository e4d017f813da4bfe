package main

import (
	"context"
	"fmt"

	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/util/db"
	"github.com/argoproj/argo-cd/v3/util/rbac"
	"github.com/argoproj/argo-cd/v3/util/settings"
	"github.com/argoproj/notifications-engine/pkg/api"
	"github.com/argoproj/notifications-engine/pkg/services"
	"github.com/argoproj/notifications-engine/pkg/templates"
	"github.com/argoproj/notifications-engine/pkg/triggers"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes/fake"

	conformance "cdk8s-fairway/conformance/common"
)

// checkSettings has Argo CD read its own ConfigMaps.
func checkSettings(report *conformance.Report, configuration configuration) {
	switch configuration.config.Name {
	case "argocd-cm":
		checkFilters(report, configuration)
	case "argocd-rbac-cm":
		checkAccess(report, configuration)
	case "argocd-notifications-cm":
		checkNotifications(report, configuration)
	}
}

func checkFilters(report *conformance.Report, configuration configuration) {
	manager := managerOf(configuration.config)
	if _, err := manager.GetResourcesFilter(); err != nil {
		report.Add(configuration.Document, "settings", err)
	}
	if _, err := manager.GetResourceOverrides(); err != nil {
		report.Add(configuration.Document, "settings", err)
	}
	if _, err := manager.GetIgnoreResourceUpdatesOverrides(); err != nil {
		report.Add(configuration.Document, "settings", err)
	}
}

func managerOf(config *corev1.ConfigMap) *settings.SettingsManager {
	secret := &corev1.Secret{}
	secret.Name, secret.Namespace = "argocd-secret", config.Namespace
	secret.Labels = map[string]string{"app.kubernetes.io/part-of": "argocd"}
	return settings.NewSettingsManager(context.Background(), fake.NewClientset(config, secret), config.Namespace)
}

// checkAccess has Argo CD read the rules, and asks whether each line became one of them.
func checkAccess(report *conformance.Report, configuration configuration) {
	policy := rbac.PolicyCSV(configuration.config.Data)
	if err := rbac.ValidatePolicy(policy); err != nil {
		report.Add(configuration.Document, "rbac", err)
	}
	switch mode := configuration.config.Data[rbac.ConfigMapMatchModeKey]; mode {
	case "", rbac.GlobMatchMode, rbac.RegexMatchMode:
	default:
		report.Add(configuration.Document, "rbac", fmt.Sprintf("%q is no mode", mode))
	}
}

// checkNotifications has the notifications engine read its settings, and renders every template for an application.
func checkNotifications(report *conformance.Report, configuration configuration) {
	config, err := api.ParseConfig(configuration.config, &corev1.Secret{Data: map[string][]byte{}})
	if err != nil {
		report.Add(configuration.Document, "notifications", err)
		return
	}
	if _, err := triggers.NewService(config.Triggers); err != nil {
		report.Add(configuration.Document, "notifications", fmt.Sprintf("triggers: %v", err))
	}
	for name, conditions := range config.Triggers {
		for _, condition := range conditions {
			for _, template := range condition.Send {
				if _, found := config.Templates[template]; !found {
					report.Add(configuration.Document, "notifications", fmt.Sprintf("the trigger %s sends the template %s, which is not there", name, template))
				}
			}
		}
	}
	service, err := templates.NewService(config.Templates)
	if err != nil {
		report.Add(configuration.Document, "notifications", fmt.Sprintf("templates: %v", err))
		return
	}
	for name := range config.Templates {
		if err := render(service, name); err != nil {
			report.Add(configuration.Document, "notifications", fmt.Sprintf("template %s: %v", name, err))
		}
	}
	checkDestinations(report, configuration, config)
}

func checkDestinations(report *conformance.Report, configuration configuration, config *api.Config) {
	for trigger, destinations := range config.GetGlobalDestinations(map[string]string{}) {
		if _, found := config.Triggers[trigger]; !found {
			report.Add(configuration.Document, "notifications", fmt.Sprintf("the trigger %s is not there", trigger))
		}
		for _, destination := range destinations {
			if _, found := config.Services[destination.Service]; !found {
				report.Add(configuration.Document, "notifications", fmt.Sprintf("the service %s is not there", destination.Service))
			}
		}
	}
}

// render formats a template for an application that has been synced, and for one that has nothing yet.
func render(service interface {
	FormatNotification(map[string]any, ...string) (*services.Notification, error)
}, name string) error {
	metadata := map[string]any{"name": "shop-prod-web", "namespace": "argocd"}
	bare := map[string]any{"metadata": metadata, "spec": map[string]any{"source": map[string]any{"repoURL": "https://example.com/shop"}}, "status": map[string]any{}}
	full := map[string]any{
		"metadata": map[string]any{
			"name": "shop-prod-web", "namespace": "argocd",
			"labels":      map[string]any{"cdk8s-fairway/environment": "prod"},
			"annotations": map[string]any{"cdk8s-fairway/source-commit": "0123456", "cdk8s-fairway/source-repository": "https://example.com/web"},
		},
		"spec": bare["spec"],
		"status": map[string]any{
			"health":         map[string]any{"status": "Healthy"},
			"sync":           map[string]any{"status": "Synced", "revision": "abcdef0"},
			"summary":        map[string]any{"images": []any{"ghcr.io/acme/web:1.0.0@sha256:0123"}},
			"operationState": map[string]any{"phase": "Succeeded", "message": "done", "syncResult": map[string]any{"revision": "abcdef0"}},
		},
	}
	for _, app := range []map[string]any{full, bare} {
		vars := map[string]any{"app": app, "context": map[string]string{"argocdUrl": "https://argocd.example.com", "notificationType": "slack"}}
		if _, err := service.FormatNotification(vars, name); err != nil {
			return err
		}
	}
	return nil
}

// checkSecret has Argo CD read a Secret by which it knows a cluster or a repository.
func checkSecret(report *conformance.Report, object object, secret *corev1.Secret) {
	kind := secret.Labels[common.LabelKeySecretType]
	if kind == "" {
		return
	}
	secret.Data = map[string][]byte{}
	for key, value := range secret.StringData {
		secret.Data[key] = []byte(value)
	}
	config := &corev1.ConfigMap{}
	config.Name, config.Namespace = "argocd-cm", secret.Namespace
	config.Labels = map[string]string{"app.kubernetes.io/part-of": "argocd"}
	own := &corev1.Secret{}
	own.Name, own.Namespace, own.Labels = "argocd-secret", secret.Namespace, config.Labels
	clientset := fake.NewClientset(config, own, secret)
	argo := db.NewDB(secret.Namespace, settings.NewSettingsManager(context.Background(), clientset, secret.Namespace), clientset)
	switch kind {
	case common.LabelValueSecretTypeCluster:
		cluster, err := db.SecretToCluster(secret)
		if err == nil && cluster.Server == "" {
			err = fmt.Errorf("the cluster has no server")
		}
		if err == nil && cluster.Server != "https://kubernetes.default.svc" {
			_, err = cluster.RawRestConfig()
		}
		addUnlessNil(report, object, "secret", err)
	case common.LabelValueSecretTypeRepository:
		repositories, err := argo.ListRepositories(context.Background())
		if err == nil && len(repositories) != 1 {
			err = fmt.Errorf("the repository is not read")
		}
		addUnlessNil(report, object, "secret", err)
	case common.LabelValueSecretTypeRepoCreds:
		_, err := argo.GetRepositoryCredentials(context.Background(), secret.StringData["url"])
		addUnlessNil(report, object, "secret", err)
	case common.LabelValueSecretTypeRepositoryWrite, common.LabelValueSecretTypeRepoCredsWrite:
	default:
		report.Add(object.Document, "secret", fmt.Sprintf("%q is no type of Secret that Argo CD reads", kind))
	}
}

func addUnlessNil(report *conformance.Report, object object, rule string, err error) {
	if err != nil {
		report.Add(object.Document, rule, err)
	}
}
