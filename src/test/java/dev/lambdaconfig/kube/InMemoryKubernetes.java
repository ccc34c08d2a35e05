package dev.lambdaconfig.kube;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecretListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A Kubernetes client that knows Secrets and the finalizers of one resource, in memory. */
public final class InMemoryKubernetes {

  private interface Call {
    @Nullable Object answer(String method, Object[] arguments);
  }

  /** The Secrets by namespace and name, joined by a slash. */
  public final Map<String, Secret> secrets = new TreeMap<>();

  /** The resources that each look for one by its name finds. */
  public final List<LambdaFunctionConfig> found = new ArrayList<>();

  /** The finalizers that are stored. */
  public final List<String> finalizers = new ArrayList<>();

  /** How often a finalizer was added or removed. */
  public int patches;

  /** The requests, in order: the method and the name of what it is about. */
  public final List<String> requests = new ArrayList<>();

  private int version;

  /** The HTTP status that requests are refused with, or 0. */
  public int refusal;

  /** The message of refusals. */
  public String refusalMessage = "refused";

  /** The methods that are refused. */
  public Predicate<String> refused = method -> true;

  /** The client. */
  public final KubernetesClient client = proxy(KubernetesClient.class, this::root);

  /** Stores a Secret that a resource owns, by its namespace and name. */
  public void storeOwned(String key, String uid, @Nullable Map<String, String> data) {
    secrets.put(
        key,
        new SecretBuilder()
            .withNewMetadata()
            .addToOwnerReferences(new OwnerReferenceBuilder().withUid(uid).build())
            .endMetadata()
            .withData(data)
            .build());
  }

  private @Nullable Object root(String method, Object[] arguments) {
    return switch (method) {
      case "secrets" -> proxy(MixedOperation.class, (name, of) -> secretsOf(String.valueOf(of[0])));
      case "raw" -> resources();
      case "resources" -> proxy(MixedOperation.class, (name, of) -> found(name));
      case "resource" ->
          arguments[0] instanceof Secret secret
              ? proxy(NamespaceableResource.class, (name, of) -> secret(key(secret), name, secret))
              : proxy(NamespaceableResource.class, this::patched);
      default -> throw new UnsupportedOperationException(method);
    };
  }

  private Object secretsOf(String namespace) {
    return proxy(
        MixedOperation.class,
        (method, arguments) -> {
          if (method.equals("withLabel")) {
            return proxy(MixedOperation.class, (name, of) -> listed(namespace));
          }
          String key = namespace + "/" + arguments[0];
          return proxy(
              NamespaceableResource.class,
              (name, of) ->
                  name.equals("lockResourceVersion")
                      ? locked(key, String.valueOf(of[0]))
                      : secret(key, name, null));
        });
  }

  /** A Secret that is deleted only while it has a version. */
  private Object locked(String key, String version) {
    return proxy(
        NamespaceableResource.class,
        (name, of) -> {
          request(name, key);
          Secret stored = secrets.get(key);
          if (stored != null) {
            if (!version.equals(stored.getMetadata().getResourceVersion())) {
              throw failure(409, "the object has been modified");
            }
            secrets.remove(key);
          }
          return List.of();
        });
  }

  private Object listed(String namespace) {
    request("list", "secrets");
    return new SecretListBuilder()
        .withNewMetadata()
        .endMetadata()
        .withItems(
            secrets.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(namespace + "/"))
                .map(Map.Entry::getValue)
                .toList())
        .build();
  }

  /** The resources that are found by a name. */
  private Object found(String method) {
    if (!method.equals("list")) {
      return proxy(MixedOperation.class, (name, of) -> found(name));
    }
    request("list", "found");
    DefaultKubernetesResourceList<LambdaFunctionConfig> list =
        new DefaultKubernetesResourceList<>();
    list.setItems(List.copyOf(found));
    return list;
  }

  private @Nullable Object secret(String key, String method, @Nullable Secret created) {
    request(method, key);
    switch (method) {
      case "create" -> {
        if (secrets.putIfAbsent(key, created) != null) {
          throw failure(409, "there is one");
        }
        if (created != null) {
          created.getMetadata().setResourceVersion(String.valueOf(++version));
        }
        return created;
      }
      case "delete" -> {
        secrets.remove(key);
        return List.of();
      }
      case "get" -> {
        return secrets.get(key);
      }
      default -> throw new UnsupportedOperationException(method);
    }
  }

  private String resources() {
    request("list", "resources");
    String names = finalizers.stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
    return "{\"items\": [{\"metadata\": {\"finalizers\": " + names + "}}]}";
  }

  /** A server-side apply adds the finalizer, and a JSON patch removes it. */
  private @Nullable Object patched(String method, Object[] arguments) {
    request(method, "finalizers");
    patches++;
    if (arguments.length == 1) {
      finalizers.add(RestoreFinalizer.NAME);
    } else {
      finalizers.remove(RestoreFinalizer.NAME);
    }
    return null;
  }

  private void request(String method, String about) {
    requests.add(method + " " + about);
    if (refusal != 0 && refused.test(method)) {
      throw failure(refusal, refusalMessage);
    }
  }

  private static KubernetesClientException failure(int code, String message) {
    return new KubernetesClientException(
        new StatusBuilder().withCode(code).withMessage(message).build());
  }

  private static String key(Secret secret) {
    return secret.getMetadata().getNamespace() + "/" + secret.getMetadata().getName();
  }

  /** An instance of an interface whose type arguments nobody looks at. */
  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                call.answer(method.getName(), arguments == null ? new Object[0] : arguments)));
  }
}
