// Package crd checks custom resources the way the API server does, with the definitions that files hold.
package crd

import (
	"context"
	"fmt"
	"os"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apiextensions-apiserver/pkg/crdserverscheme"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresource"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	runtimeschema "k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"sigs.k8s.io/yaml"

	"cdk8s-fairway/conformance/common"
)

// Parse reads an object as the API server does: an integer stays one, which the rules of definitions depend on.
func Parse(text string) (*unstructured.Unstructured, error) {
	object := &unstructured.Unstructured{Object: map[string]any{}}
	converted, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return object, err
	}
	return object, json.Unmarshal(converted, &object.Object)
}

// Kind is one version of a custom resource, with all that the API server keeps for it.
type Kind struct {
	Namespaced bool
	structural *schema.Structural
	strategy   rest.RESTCreateStrategy
}

// Kinds are those that some files define.
type Kinds map[runtimeschema.GroupVersionKind]Kind

// Load reads the definitions of the files, and passes over what else they hold.
func Load(files []string) (Kinds, error) {
	loaded := Kinds{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, part := range strings.Split("\n"+string(text), "\n---\n") {
			if err := loaded.add([]byte(part)); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
		}
	}
	return loaded, nil
}

func (k Kinds) add(text []byte) error {
	versioned := &apiextensionsv1.CustomResourceDefinition{}
	if err := yaml.Unmarshal(text, versioned); err != nil || versioned.Kind != "CustomResourceDefinition" {
		return err
	}
	apiextensionsv1.SetDefaults_CustomResourceDefinitionSpec(&versioned.Spec)
	definition := &apiextensions.CustomResourceDefinition{}
	if err := apiextensionsv1.Convert_v1_CustomResourceDefinition_To_apiextensions_CustomResourceDefinition(versioned, definition, nil); err != nil {
		return err
	}
	for _, version := range definition.Spec.Versions {
		gvk := runtimeschema.GroupVersionKind{Group: definition.Spec.Group, Version: version.Name, Kind: definition.Spec.Names.Kind}
		kind, err := newKind(definition, version.Name, gvk)
		if err != nil {
			return fmt.Errorf("%s: %w", gvk, err)
		}
		k[gvk] = kind
	}
	return nil
}

func newKind(definition *apiextensions.CustomResourceDefinition, version string, gvk runtimeschema.GroupVersionKind) (Kind, error) {
	openAPI, err := apiextensions.GetSchemaForVersion(definition, version)
	if err != nil {
		return Kind{}, err
	}
	structural, err := schema.NewStructural(openAPI.OpenAPIV3Schema)
	if err != nil {
		return Kind{}, err
	}
	validator, _, err := validation.NewSchemaValidator(openAPI.OpenAPIV3Schema)
	if err != nil {
		return Kind{}, err
	}
	namespaced := definition.Spec.Scope == apiextensions.NamespaceScoped
	return Kind{
		Namespaced: namespaced,
		structural: structural,
		strategy: customresource.NewStrategy(
			crdserverscheme.NewUnstructuredObjectTyper(), namespaced, gvk, validator, nil, structural, nil, nil, nil),
	}, nil
}

// Check creates the object as the API server would, with unknown fields as errors.
func (k Kind) Check(report *common.Report, document common.Document, object *unstructured.Unstructured) {
	created := object.DeepCopy()
	unknown := pruning.PruneWithOptions(created.Object, k.structural, true, schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
	for _, path := range unknown {
		report.Add(document, "crd", fmt.Sprintf("unknown field %q", path))
	}
	defaulting.PruneNonNullableNullsWithoutDefaults(created.Object, k.structural)
	defaulting.Default(created.Object, k.structural)

	namespace := created.GetNamespace()
	if k.Namespaced && namespace == "" {
		namespace = "default"
	}
	ctx := request.WithNamespace(context.Background(), namespace)
	rest.FillObjectMetaSystemFields(created)
	err := rest.BeforeCreate(k.strategy, ctx, runtime.Object(created))
	if status, ok := err.(apierrors.APIStatus); ok && status.Status().Details != nil && len(status.Status().Details.Causes) > 0 {
		for _, cause := range status.Status().Details.Causes {
			report.Add(document, "crd", cause.Field+": "+cause.Message)
		}
	} else if err != nil {
		report.Add(document, "crd", err)
	}
}
