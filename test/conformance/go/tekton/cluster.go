package main

import (
	"fmt"

	"k8s.io/apimachinery/pkg/api/meta"

	"cdk8s-fairway/conformance/common"
)

type key struct{ kind, namespace, name string }

// cluster holds what the tree declares, for what refers to it by name.
type cluster map[key]admitted

func (c cluster) add(document common.Document, object admitted) {
	if metadata, err := meta.Accessor(object); err == nil {
		c[key{object.GetObjectKind().GroupVersionKind().Kind, metadata.GetNamespace(), metadata.GetName()}] = object
	}
}

func find[Type admitted](c cluster, kind, namespace, name string) (Type, error) {
	object, found := c[key{kind, namespace, name}].(Type)
	if !found {
		return object, fmt.Errorf("there is no %s %s", kind, name)
	}
	return object, nil
}
