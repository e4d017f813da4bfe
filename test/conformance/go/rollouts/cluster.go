package main

import (
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"

	"cdk8s-fairway/conformance/common"
)

type key struct{ kind, namespace, name string }

// objects are those of one cluster.
type objects map[key]runtime.Object

// clusters holds the objects of each environment: the files below one folder.
type clusters map[string]objects

func newCluster() clusters { return clusters{} }

func (c clusters) of(document common.Document) objects {
	name, _, nested := strings.Cut(document.File, "/")
	if !nested {
		name = ""
	}
	if c[name] == nil {
		c[name] = objects{}
	}
	return c[name]
}

func (c clusters) add(document common.Document, object runtime.Object) {
	metadata, err := meta.Accessor(object)
	if err != nil {
		return
	}
	kind := object.GetObjectKind().GroupVersionKind().Kind
	c.of(document)[key{kind, metadata.GetNamespace(), metadata.GetName()}] = object
}

// addOther keeps an object of a kind that neither Kubernetes nor Argo Rollouts has, such as Istio's.
func (c clusters) addOther(document common.Document) {
	fields := map[string]any{}
	if yaml.Unmarshal([]byte(document.Text), &fields) == nil {
		c.add(document, &unstructured.Unstructured{Object: fields})
	}
}

func find[Type runtime.Object](objects objects, kind, namespace, name string) (Type, bool) {
	object, found := objects[key{kind, namespace, name}].(Type)
	return object, found
}
