// Does to every object what the API server does when the object is created: strict decoding,
// defaulting, conversion, preparation, validation and Pod Security admission.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apiserver/pkg/endpoints/deprecation"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/warning"
	"k8s.io/kubernetes/pkg/api/legacyscheme"

	"cdk8s-fairway/conformance/common"
)

var (
	scheme = legacyscheme.Scheme
	strict = serializer.NewCodecFactory(scheme, serializer.EnableStrict).UniversalDeserializer()
)

func main() {
	common.Main(check)
}

func check(documents []common.Document) (*common.Report, error) {
	security, err := newPodSecurity()
	if err != nil {
		return nil, err
	}
	report := &common.Report{}
	for _, document := range documents {
		object, gvk, err := strict.Decode([]byte(document.Text), nil, nil)
		if runtime.IsNotRegisteredError(err) {
			if gvk == nil || !scheme.IsGroupRegistered(gvk.Group) {
				continue
			}
		}
		report.Judge(document)
		if err != nil {
			report.Add(document, "decode", err)
		}
		if object == nil {
			continue
		}
		if deprecation.IsDeprecated(object, 1, minor) {
			report.Add(document, "deprecated", deprecation.WarningMessage(object))
		}
		scheme.Default(object)
		security.check(report, document, object)
		if err := create(report, document, object, *gvk); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", document.File, document.Object, err)
		}
	}
	return report, nil
}

// create runs the strategy that the API server's storage uses for the kind.
func create(report *common.Report, document common.Document, object runtime.Object, gvk schema.GroupVersionKind) error {
	strategy, found := strategies[gvk.GroupKind()]
	if !found {
		report.Add(document, "unknown-kind", "no create strategy is listed for "+gvk.String())
		return nil
	}
	internal, err := scheme.ConvertToVersion(object, schema.GroupVersion{Group: gvk.Group, Version: runtime.APIVersionInternal})
	if err != nil {
		return err
	}
	metadata, err := meta.Accessor(internal)
	if err != nil {
		return err
	}
	rest.FillObjectMetaSystemFields(metadata)
	warnings := &recorder{}
	err = rest.BeforeCreate(strategy, requestContext(gvk, strategy, metadata.GetNamespace(), warnings), internal)
	for _, text := range warnings.texts {
		report.Add(document, "warning", text)
	}
	if err != nil {
		for _, message := range causes(err) {
			report.Add(document, "validate", message)
		}
		return nil
	}
	stored, err := scheme.ConvertToVersion(internal, gvk.GroupVersion())
	if err != nil {
		return err
	}
	for _, path := range dropped("spec", specOf(object), specOf(stored)) {
		report.Add(document, "dropped-field", path+" is dropped: its feature is not enabled by default in this version")
	}
	return nil
}

func requestContext(gvk schema.GroupVersionKind, strategy rest.RESTCreateStrategy, namespace string, warnings warning.Recorder) context.Context {
	if strategy.NamespaceScoped() && namespace == "" {
		namespace = "default"
	}
	ctx := warning.WithWarningRecorder(context.Background(), warnings)
	ctx = request.WithNamespace(ctx, namespace)
	return request.WithRequestInfo(ctx, &request.RequestInfo{
		IsResourceRequest: true,
		Verb:              "create",
		APIGroup:          gvk.Group,
		APIVersion:        gvk.Version,
		Namespace:         namespace,
	})
}

type recorder struct{ texts []string }

func (r *recorder) AddWarning(_, text string) { r.texts = append(r.texts, text) }

// causes lists the field errors of a refusal one by one.
func causes(err error) []string {
	var status apierrors.APIStatus
	if !errors.As(err, &status) || status.Status().Details == nil || len(status.Status().Details.Causes) == 0 {
		return []string{err.Error()}
	}
	messages := []string{}
	for _, cause := range status.Status().Details.Causes {
		messages = append(messages, strings.TrimPrefix(cause.Field+": "+cause.Message, ": "))
	}
	return messages
}

func specOf(object runtime.Object) any {
	fields := struct {
		Spec any `json:"spec"`
	}{}
	text, err := json.Marshal(object)
	if err == nil {
		err = json.Unmarshal(text, &fields)
	}
	if err != nil {
		panic(err)
	}
	return fields.Spec
}

// dropped lists the paths that are set in sent and absent from stored.
func dropped(path string, sent, stored any) []string {
	paths := []string{}
	switch sent := sent.(type) {
	case map[string]any:
		stored, _ := stored.(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(sent)) {
			if _, kept := stored[key]; !kept {
				paths = append(paths, path+"."+key)
				continue
			}
			paths = append(paths, dropped(path+"."+key, sent[key], stored[key])...)
		}
	case []any:
		stored, _ := stored.([]any)
		for index := range min(len(sent), len(stored)) {
			paths = append(paths, dropped(fmt.Sprintf("%s[%d]", path, index), sent[index], stored[index])...)
		}
	}
	return paths
}
