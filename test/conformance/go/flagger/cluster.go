package main

import (
	"strings"

	"github.com/fluxcd/flagger/pkg/apis/flagger/v1beta1"
	flaggerfake "github.com/fluxcd/flagger/pkg/client/clientset/versioned/fake"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/fake"
	clienttesting "k8s.io/client-go/testing"

	"cdk8s-fairway/conformance/common"
)

// cluster has the objects of one environment.
type cluster struct {
	builtin []runtime.Object
	custom  []runtime.Object
}

// clusters holds the objects of each environment: the files below one folder.
type clusters map[string]*cluster

func (c clusters) of(document common.Document) *cluster {
	name, _, nested := strings.Cut(document.File, "/")
	if !nested {
		name = ""
	}
	if c[name] == nil {
		c[name] = &cluster{}
	}
	return c[name]
}

// clients are those of a new cluster with the objects in it. A Secret is always found: none stands in a manifest.
func (c *cluster) clients() (*fake.Clientset, *flaggerfake.Clientset) {
	kubernetes := fake.NewClientset(copies(c.builtin)...)
	kubernetes.PrependReactor("get", "secrets", func(action clienttesting.Action) (bool, runtime.Object, error) {
		get := action.(clienttesting.GetAction)
		return true, &corev1.Secret{
			ObjectMeta: metav1.ObjectMeta{Name: get.GetName(), Namespace: get.GetNamespace()},
			Data:       credentials(),
		}, nil
	})
	return kubernetes, flaggerfake.NewSimpleClientset(copies(c.custom)...)
}

func copies(objects []runtime.Object) []runtime.Object {
	all := []runtime.Object{}
	for _, object := range objects {
		all = append(all, object.DeepCopyObject())
	}
	return all
}

func find[Type interface {
	runtime.Object
	metav1.Object
}](c *cluster, namespace, name string) (Type, bool) {
	for _, object := range c.custom {
		if typed, ok := object.(Type); ok && typed.GetNamespace() == namespace && typed.GetName() == name {
			return typed, true
		}
	}
	var none Type
	return none, false
}

// canaries are all of the cluster.
func (c *cluster) canaries() []*v1beta1.Canary {
	all := []*v1beta1.Canary{}
	for _, object := range c.custom {
		if canary, ok := object.(*v1beta1.Canary); ok {
			all = append(all, canary)
		}
	}
	return all
}
