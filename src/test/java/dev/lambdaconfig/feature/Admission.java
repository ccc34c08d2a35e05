package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.lambdaconfig.cluster.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Admission of manifests by the API server, without an operator. They are sent as written: the
 * typed client would drop fields that it does not know.
 */
final class Admission {

  private static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup("lambdaconfig.dev")
          .withVersion("v1alpha1")
          .withKind("LambdaFunctionConfig")
          .withPlural("lambdafunctionconfigs")
          .withNamespaced(true)
          .build();

  private final ApiServer server = ApiServer.shared();
  private final String namespace;

  /** The way into a namespace that no other test has. */
  Admission(Class<?> test) {
    server.applyCrd(OperatorExtension.CRD);
    namespace = server.freshNamespace(test.getSimpleName());
  }

  /** The answer of the server to a new resource with this spec, by a dry run. */
  @Nullable String refusalOf(String spec) {
    return answer(() -> patch("new", spec, "All"));
  }

  /** The answer of the server to this spec for a resource that may exist, by a dry run. */
  @Nullable String refusalOf(String name, String spec) {
    return answer(() -> patch(name, spec, "All"));
  }

  /**
   * The answer of the server to a new resource with this spec, written in JSON and sent unchanged.
   */
  @Nullable String refusalOfJson(String spec) {
    return answer(
        () ->
            server
                .client()
                .raw(
                    "/apis/lambdaconfig.dev/v1alpha1/namespaces/%s/lambdafunctionconfigs?dryRun=All"
                        .formatted(namespace),
                    "POST",
                    """
                    {"apiVersion": "lambdaconfig.dev/v1alpha1", "kind": "LambdaFunctionConfig",
                     "metadata": {"name": "new"}, "spec": %s}
                    """
                        .formatted(spec)));
  }

  /** Applies a spec as {@code kubectl apply --server-side} does. */
  GenericKubernetesResource apply(String name, String spec) {
    return patch(name, spec, null);
  }

  /** The client for a manifest, for other ways than to apply it. */
  Resource<GenericKubernetesResource> client(String name, String spec) {
    return client(
        """
        apiVersion: lambdaconfig.dev/v1alpha1
        kind: LambdaFunctionConfig
        metadata: {name: %s}
        spec:
        %s
        """
            .formatted(name, spec.indent(2).stripTrailing()));
  }

  /** The client for a whole manifest, whatever namespace that names. */
  Resource<GenericKubernetesResource> client(String manifest) {
    GenericKubernetesResource resource =
        Serialization.unmarshal(manifest, GenericKubernetesResource.class);
    requireNonNull(resource.getMetadata()).setNamespace(namespace);
    return server
        .client()
        .genericKubernetesResources(KIND)
        .inNamespace(namespace)
        .resource(resource);
  }

  GenericKubernetesResource patch(String name, String spec, @Nullable String dryRun) {
    return patch(client(name, spec), dryRun);
  }

  static GenericKubernetesResource patch(
      Resource<GenericKubernetesResource> resource, @Nullable String dryRun) {
    return resource.patch(
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("git")
            .withForce(true)
            .withDryRun(dryRun == null ? List.of() : List.of(dryRun))
            .build());
  }

  /** The server's refusal of a request, or null if it took it. */
  static @Nullable String answer(Runnable request) {
    try {
      request.run();
      return null;
    } catch (KubernetesClientException e) {
      return e.getMessage();
    }
  }

  /** The answer of the server to a new resource, by a dry run with strict field validation. */
  AdmissionVerdict verdictOn(String contentType, String manifest) {
    return verdict("POST", "", contentType, manifest);
  }

  /**
   * The answer of the server to the change of an existing resource, by a dry run with strict field
   * validation.
   *
   * @param spec the spec after the change, in JSON
   */
  AdmissionVerdict verdictOnChange(GenericKubernetesResource existing, String spec) {
    String name = requireNonNull(existing.getMetadata()).getName();
    return verdict(
        "PUT",
        "/" + name,
        "application/json",
        """
        {"apiVersion": "lambdaconfig.dev/v1alpha1", "kind": "LambdaFunctionConfig",
         "metadata": {"name": "%s", "resourceVersion": "%s"}, "spec": %s}
        """
            .formatted(name, existing.getMetadata().getResourceVersion(), spec));
  }

  private AdmissionVerdict verdict(
      String method, String path, String contentType, String manifest) {
    try {
      HttpClient http = server.client().getHttpClient();
      HttpRequest request =
          http.newHttpRequestBuilder()
              .uri(
                  server.client().getMasterUrl()
                      + "apis/lambdaconfig.dev/v1alpha1/namespaces/%s/lambdafunctionconfigs%s?%s"
                          .formatted(namespace, path, "dryRun=All&fieldValidation=Strict"))
              .method(method, contentType, manifest)
              .build();
      HttpResponse<String> response = http.sendAsync(request, String.class).get(60, SECONDS);
      return AdmissionVerdict.of(response.code(), response.bodyString());
    } catch (Exception e) {
      throw new IllegalStateException("no answer of the API server", e);
    }
  }
}
