package dev.lambdaconfig.kube.secret;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Secrets in memory, by namespace and name, behind a client that knows nothing else. */
final class InMemorySecrets {

  final Map<String, Secret> stored = new TreeMap<>();
  final KubernetesClient client = proxy(KubernetesClient.class, this::call);

  /** The code with which each deletion is refused, or 0. */
  int refusesDeletions;

  private Object call(Object self, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "secrets" -> secrets("");
      case "resource" -> creation((Secret) arguments[0]);
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }

  private Object secrets(String namespace) {
    return proxy(
        MixedOperation.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "inNamespace" -> secrets((String) arguments[0]);
              case "withName" -> secret(namespace + "/" + arguments[0]);
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private Object secret(String key) {
    return proxy(
        Resource.class,
        (self, method, arguments) -> {
          switch (method.getName()) {
            case "get" -> {
              return stored.get(key);
            }
            case "delete" -> {
              if (refusesDeletions != 0) {
                throw new KubernetesClientException("refused", refusesDeletions, null);
              }
              stored.remove(key);
              return List.of();
            }
            default -> throw new UnsupportedOperationException(method.getName());
          }
        });
  }

  private Object creation(Secret secret) {
    return proxy(
        NamespaceableResource.class,
        (self, method, arguments) -> {
          String key = secret.getMetadata().getNamespace() + "/" + secret.getMetadata().getName();
          if (stored.putIfAbsent(key, secret) != null) {
            throw new KubernetesClientException("exists", 409, null);
          }
          return secret;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
