package main

import (
	"context"
	"fmt"
	"path"
	"strings"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/argo"
	"github.com/argoproj/argo-cd/v3/util/db"
	corev1 "k8s.io/api/core/v1"

	conformance "cdk8s-fairway/conformance/common"
	"cdk8s-fairway/conformance/crd"
)

type synced struct {
	object
	app *v1alpha1.Application
}

type configuration struct {
	object
	config *corev1.ConfigMap
}

// tree is all that was synthesized into one folder.
type tree struct {
	rootPrefix   string
	kinds        crd.Kinds
	objects      []object
	projects     map[string]*v1alpha1.AppProject
	applications []synced
	sets         []applicationSet
	settings     []configuration
}

func newTree(rootPrefix string, kinds crd.Kinds) *tree {
	return &tree{rootPrefix: rootPrefix, kinds: kinds, projects: map[string]*v1alpha1.AppProject{
		v1alpha1.DefaultAppProjectName: defaultProject(),
	}}
}

// defaultProject is the project that every installation of Argo CD has.
func defaultProject() *v1alpha1.AppProject {
	project := &v1alpha1.AppProject{}
	project.Name = v1alpha1.DefaultAppProjectName
	project.Spec = v1alpha1.AppProjectSpec{
		SourceRepos:              []string{"*"},
		Destinations:             []v1alpha1.ApplicationDestination{{Server: "*", Namespace: "*"}},
		ClusterResourceWhitelist: []v1alpha1.ClusterResourceRestrictionItem{{Group: "*", Kind: "*"}},
	}
	return project
}

// check holds every application to its project, and every object to the application that syncs it.
func (t *tree) check(report *conformance.Report) {
	covered := map[string]bool{}
	for _, application := range t.applications {
		checkSyncOptions(report, application.object, syncOptionsOf(application.app))
		project, found := t.projects[application.app.Spec.GetProject()]
		if !found {
			report.Add(application.Document, "project-missing", fmt.Sprintf("no AppProject %q is synthesized", application.app.Spec.GetProject()))
			continue
		}
		t.checkPermissions(report, application, project)
		for _, source := range application.app.Spec.GetSources() {
			for _, object := range t.objectsOf(report, application, source) {
				covered[object.Document.File] = true
				t.checkObject(report, application, project, object)
			}
		}
	}
	for _, object := range t.objects {
		if len(covered) > 0 && !covered[object.Document.File] {
			report.Note(object.Document, "no synthesized Application syncs this file")
		}
	}
}

func syncOptionsOf(app *v1alpha1.Application) []string {
	if app.Spec.SyncPolicy == nil {
		return nil
	}
	return app.Spec.SyncPolicy.SyncOptions
}

func (t *tree) checkPermissions(report *conformance.Report, application synced, project *v1alpha1.AppProject) {
	conditions, err := argo.ValidatePermissions(context.Background(), &application.app.Spec, project, clusters{})
	if err != nil {
		report.Add(application.Document, "permission", err)
	}
	for _, condition := range conditions {
		report.Add(application.Document, "permission", condition.Message)
	}
	if project.Namespace != "" && !project.IsAppNamespacePermitted(application.app, project.Namespace) {
		report.Add(application.Document, "permission", fmt.Sprintf("namespace %q is not among the sourceNamespaces of project %q", application.app.Namespace, project.Name))
	}
}

// objectsOf finds the synthesized objects that the source brings into the cluster.
func (t *tree) objectsOf(report *conformance.Report, application synced, source v1alpha1.ApplicationSource) []object {
	folder := path.Clean(source.Path)
	if source.Path == "" || folder != t.rootPrefix && !strings.HasPrefix(folder, t.rootPrefix+"/") {
		report.Note(application.Document, fmt.Sprintf("source %q is outside of %s/ and was not followed", source.Path, t.rootPrefix))
		return nil
	}
	folder = strings.TrimPrefix(strings.TrimPrefix(folder, t.rootPrefix), "/")
	recurse := source.Directory != nil && source.Directory.Recurse
	objects, below := []object{}, false
	for _, object := range t.objects {
		switch parent := path.Dir(object.Document.File); {
		case parent == path.Clean("./"+folder), recurse && isBelow(object.Document.File, folder):
			objects = append(objects, object)
		case isBelow(object.Document.File, folder):
			below = true
			report.Add(application.Document, "not-synced", fmt.Sprintf("%s lies deeper than %s, whose source does not recurse", object.Document.File, source.Path))
		}
	}
	if len(objects) == 0 && !below {
		report.Add(application.Document, "path", fmt.Sprintf("nothing is synthesized at %s", source.Path))
	}
	return objects
}

func isBelow(file, folder string) bool {
	return folder == "" || strings.HasPrefix(file, folder+"/")
}

func (t *tree) checkObject(report *conformance.Report, application synced, project *v1alpha1.AppProject, object object) {
	gvk := object.GroupVersionKind()
	namespace := ""
	if t.isNamespaced(object) {
		if namespace = object.GetNamespace(); namespace == "" {
			namespace = application.app.Spec.Destination.Namespace
		}
	}
	cluster, err := argo.GetDestinationCluster(context.Background(), application.app.Spec.Destination, clusters{})
	if err != nil {
		return
	}
	permitted, err := project.IsResourcePermitted(gvk.GroupKind(), object.GetName(), namespace, cluster, noProjectClusters)
	if err != nil || !permitted {
		report.Add(object.Document, "not-permitted", fmt.Sprintf(
			"application %q syncs it, and project %q does not permit %s in namespace %q of that cluster",
			application.app.Name, project.Name, gvk.GroupKind(), namespace))
	}
}

// clusterScoped are the kinds, built in and of delivery, that have no namespace.
var clusterScoped = map[string]bool{
	"APIService": true, "ClusterAnalysisTemplate": true, "ClusterRole": true, "ClusterRoleBinding": true,
	"ClusterTriggerAuthentication": true, "CustomResourceDefinition": true, "GatewayClass": true,
	"IngressClass": true, "MutatingWebhookConfiguration": true, "Namespace": true, "PersistentVolume": true,
	"PriorityClass": true, "RuntimeClass": true, "StorageClass": true, "ValidatingAdmissionPolicy": true,
	"ValidatingAdmissionPolicyBinding": true, "ValidatingWebhookConfiguration": true,
}

func (t *tree) isNamespaced(object object) bool {
	if kind, found := t.kinds[object.GroupVersionKind()]; found {
		return kind.Namespaced
	}
	return !clusterScoped[object.GetKind()]
}

// clusters answers for every cluster by its own name or address, as registered clusters would.
type clusters struct{ db.ArgoDB }

const inCluster = "in-cluster"

func (clusters) GetClusterServersByName(_ context.Context, name string) ([]string, error) {
	if name == inCluster {
		return []string{v1alpha1.KubernetesInternalAPIServerAddr}, nil
	}
	return []string{"https://" + name + ".invalid"}, nil
}

func (clusters) GetCluster(_ context.Context, server string) (*v1alpha1.Cluster, error) {
	if server == v1alpha1.KubernetesInternalAPIServerAddr {
		return &v1alpha1.Cluster{Server: server, Name: inCluster}, nil
	}
	name := ""
	if host := strings.TrimPrefix(server, "https://"); strings.HasSuffix(host, ".invalid") {
		name = strings.TrimSuffix(host, ".invalid")
	}
	return &v1alpha1.Cluster{Server: server, Name: name}, nil
}

func (clusters) GetProjectClusters(context.Context, string) ([]*v1alpha1.Cluster, error) {
	return nil, nil
}

func noProjectClusters(string) ([]*v1alpha1.Cluster, error) { return nil, nil }
