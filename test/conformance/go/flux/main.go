// Checks Flux's objects by its own types, its expression engine, its kustomize and the parsers that its controllers read fields with.
package main

import (
	"io"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	automationv1 "github.com/fluxcd/image-automation-controller/api/v1"
	imagev1 "github.com/fluxcd/image-reflector-controller/api/v1"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	notificationv1 "github.com/fluxcd/notification-controller/api/v1"
	notificationv1beta3 "github.com/fluxcd/notification-controller/api/v1beta3"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/klog/v2"

	"cdk8s-fairway/conformance/common"
)

func main() {
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
	common.Main(check)
}

func check(documents []common.Document) (*common.Report, error) {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		sourcev1.AddToScheme, kustomizev1.AddToScheme, helmv2.AddToScheme, imagev1.AddToScheme, automationv1.AddToScheme,
		notificationv1.AddToScheme, notificationv1beta3.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			return nil, err
		}
	}
	strict := serializer.NewCodecFactory(scheme, serializer.EnableStrict).UniversalDeserializer()

	report := &common.Report{}
	for _, document := range documents {
		object, _, err := strict.Decode([]byte(document.Text), nil, nil)
		if runtime.IsNotRegisteredError(err) {
			continue
		}
		if err != nil && object == nil && !ofFlux(document.Text) {
			continue
		}
		report.Judge(document)
		if err != nil {
			report.Add(document, "decode", err)
		}
		checker := checker{report, document}
		switch object := object.(type) {
		case *kustomizev1.Kustomization:
			checker.kustomization(object)
		case *helmv2.HelmRelease:
			checker.helmRelease(object)
		case *sourcev1.GitRepository:
			checker.gitRepository(object)
		case *sourcev1.OCIRepository:
			checker.ociRepository(object)
		case *sourcev1.HelmChart:
			checker.chart(object.Spec.Version, object.Spec.SourceRef.Kind)
		case *imagev1.ImageRepository:
			checker.imageRepository(object)
		case *imagev1.ImagePolicy:
			checker.imagePolicy(object)
		case *automationv1.ImageUpdateAutomation:
			checker.automation(object)
		case *notificationv1beta3.Alert:
			checker.alert(object)
		case *notificationv1beta3.Provider:
			checker.provider(object)
		case *notificationv1.Receiver:
			checker.receiver(object)
		}
	}
	return report, nil
}

// checker judges the object of one document.
type checker struct {
	report   *common.Report
	document common.Document
}

func (c checker) add(rule string, message any) {
	c.report.Add(c.document, rule, message)
}

// refuse records an error, if there is one.
func (c checker) refuse(rule string, err error) {
	if err != nil {
		c.add(rule, err)
	}
}
