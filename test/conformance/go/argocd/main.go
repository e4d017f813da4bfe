// Checks custom resources the way the API server does, and Argo CD's own the way Argo CD does.
package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/sync/common"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/sync/hook"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/sync/resource"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/sirupsen/logrus"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/klog/v2"
	"sigs.k8s.io/yaml"

	conformance "cdk8s-fairway/conformance/common"
	"cdk8s-fairway/conformance/crd"
)

type input struct {
	Documents []conformance.Document `json:"documents"`
	// Settings are ConfigMaps of an installation that the documents are to run in.
	Settings []conformance.Document `json:"settings"`
	// CRDs are the files that define the kinds to check.
	CRDs []string `json:"crds"`
	// RootPrefix is the path, inside the repository, of the folder that the files are relative to.
	RootPrefix string `json:"rootPrefix"`
}

// object is a document with everything that was read from it.
type object struct {
	conformance.Document
	*unstructured.Unstructured
}

func main() {
	logrus.SetOutput(io.Discard)
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
	conformance.Main(check)
}

func check(input input) (*conformance.Report, error) {
	report := &conformance.Report{}
	kinds, err := crd.Load(input.CRDs)
	if err != nil {
		return nil, err
	}
	tree := newTree(input.RootPrefix, kinds)
	for _, document := range input.Documents {
		object, err := parse(document)
		if err != nil {
			report.Add(document, "decode", err)
			continue
		}
		if kind, found := kinds[object.GroupVersionKind()]; found {
			report.Judge(document)
			kind.Check(report, document, object.Unstructured)
		}
		checkAnnotations(report, object)
		if err := decode(report, tree, object); err != nil {
			report.Add(document, "decode", err)
		}
		tree.objects = append(tree.objects, object)
	}
	for _, document := range input.Settings {
		object, err := parse(document)
		if err == nil {
			err = decode(report, tree, object)
		}
		if err != nil {
			report.Add(document, "decode", err)
		}
	}
	tree.check(report)
	tree.checkApplicationSets(report)
	return report, checkHealth(report, tree)
}

func parse(document conformance.Document) (object, error) {
	read, err := crd.Parse(document.Text)
	return object{document, read}, err
}

// decode reads Argo CD's own objects into its own types, with unknown fields as errors.
func decode(report *conformance.Report, tree *tree, object object) error {
	text := []byte(object.Text)
	switch object.GroupVersionKind().GroupKind().String() {
	case "AppProject." + application.Group:
		project := &v1alpha1.AppProject{}
		if err := yaml.UnmarshalStrict(text, project); err != nil {
			return err
		}
		tree.projects[project.Name] = project
		if err := project.ValidateProject(); err != nil {
			report.Add(object.Document, "project", err)
		}
	case "Application." + application.Group:
		app := &v1alpha1.Application{}
		if err := yaml.UnmarshalStrict(text, app); err != nil {
			return err
		}
		tree.applications = append(tree.applications, synced{object, app})
	case "ApplicationSet." + application.Group:
		set := &v1alpha1.ApplicationSet{}
		if err := yaml.UnmarshalStrict(text, set); err != nil {
			return err
		}
		tree.sets = append(tree.sets, applicationSet{object, set})
	case "Secret":
		secret := &corev1.Secret{}
		if err := yaml.UnmarshalStrict(text, secret); err != nil {
			return err
		}
		checkSecret(report, object, secret)
	case "ConfigMap":
		config := &corev1.ConfigMap{}
		if err := yaml.UnmarshalStrict(text, config); err != nil {
			return err
		}
		if config.Name == "argocd-cm" {
			tree.settings = append(tree.settings, configuration{object, config})
		}
		checkSettings(report, configuration{object, config})
	}
	return nil
}

// syncOptions are the names that Argo CD reads; it passes over any other in silence.
var syncOptions = map[string]bool{
	"ApplyOutOfSyncOnly": true, "ClientSideApplyMigration": true, "CreateNamespace": true, "Delete": true,
	"FailOnSharedResource": true, "Force": true, "Prune": true, "PruneLast": true, "PrunePropagationPolicy": true,
	"Replace": true, "RespectIgnoreDifferences": true, "ServerSideApply": true, "SkipDryRunOnMissingResource": true,
	"Validate": true,
}

func checkAnnotations(report *conformance.Report, object object) {
	if wave, found := object.GetAnnotations()[common.AnnotationSyncWave]; found {
		if _, err := strconv.Atoi(wave); err != nil {
			report.Add(object.Document, "sync-wave", fmt.Sprintf("%q is not an integer", wave))
		}
	}
	checkSyncOptions(report, object, resource.GetAnnotationCSVs(object, common.AnnotationSyncOptions))
	hooks := resource.GetAnnotationCSVs(object, common.AnnotationKeyHook)
	if len(hook.Types(object.Unstructured)) != len(hooks) {
		report.Add(object.Document, "hook", fmt.Sprintf("%v has a name that is no hook", hooks))
	}
}

func checkSyncOptions(report *conformance.Report, object object, options []string) {
	for _, option := range options {
		name, value, _ := strings.Cut(option, "=")
		if !syncOptions[name] || value == "" {
			report.Add(object.Document, "sync-option", fmt.Sprintf("%q is not a sync option", option))
		}
	}
}
