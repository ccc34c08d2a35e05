package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.settings.Value;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables as they were before the first update, in an immutable Secret that the
 * resource owns.
 *
 * <p>They are held in memory too: when a namespace or, with foreground deletion (as Argo CD's), a
 * resource is deleted, its Secrets can go first.
 */
public final class BaselineSecrets {

  private static final int LONGEST_NAME = 253;

  private final KubernetesClient client;

  /** By the UID of the resource. */
  private final Map<String, Map<String, String>> held = new ConcurrentHashMap<>();

  /** Reads and writes through the given client. */
  public BaselineSecrets(KubernetesClient client) {
    this.client = client;
  }

  /** The name of a resource's Secret: of no other one, not even of the same name later. */
  static String nameFor(LambdaFunctionConfig resource) {
    String suffix = "-baseline-" + resource.getMetadata().getUid();
    String name = resource.getMetadata().getName();
    String room = name.substring(0, Math.min(name.length(), LONGEST_NAME - suffix.length()));
    return room.replaceAll("[^a-z0-9]+$", "") + suffix;
  }

  /**
   * Keeps variables, unless some are kept already: then those stay.
   *
   * @return null, or that the Secret of this name is somebody else's
   * @throws KubernetesClientException if the API server refuses it, 403 without the right to
   */
  @Nullable String keep(LambdaFunctionConfig resource, Map<String, Value> variables) {
    Map<String, String> data = new TreeMap<>();
    variables.forEach(
        (name, value) -> {
          if (value instanceof Value.Secret secret) {
            data.put(name, encoded(secret.text()));
          }
        });
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(nameFor(resource))
            .withNamespace(resource.getMetadata().getNamespace())
            .addToLabels("app.kubernetes.io/managed-by", ServerSideApplyStatusStore.FIELD_MANAGER)
            .addToOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion(resource.getApiVersion())
                    .withKind(resource.getKind())
                    .withName(resource.getMetadata().getName())
                    .withUid(resource.getMetadata().getUid())
                    .build())
            .endMetadata()
            .withType("Opaque")
            .withImmutable(true)
            .withData(data)
            .build();
    try {
      client.resource(secret).create();
      held.put(resource.getMetadata().getUid(), decoded(data));
      return null;
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
    return read(resource, nameFor(resource)) == null
        ? "the Secret " + nameFor(resource) + " exists and is not owned by this resource: delete it"
        : null;
  }

  /**
   * The variables that are kept.
   *
   * @return null where they are lost
   * @throws KubernetesClientException if the API server refuses it, 403 without the right to
   */
  @Nullable Map<String, String> read(LambdaFunctionConfig resource, String secretName) {
    String uid = resource.getMetadata().getUid();
    Map<String, String> known = held.get(uid);
    if (known != null) {
      return known;
    }
    Secret secret =
        client
            .secrets()
            .inNamespace(resource.getMetadata().getNamespace())
            .withName(secretName)
            .get();
    if (secret == null
        || secret.getMetadata().getOwnerReferences().stream()
            .noneMatch(owner -> uid.equals(owner.getUid()))) {
      return null;
    }
    Map<String, String> variables = decoded(secret.getData());
    held.put(uid, variables);
    return variables;
  }

  /** Forgets a resource that is gone. */
  void forget(LambdaFunctionConfig resource) {
    held.remove(resource.getMetadata().getUid());
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> decoded(@Nullable Map<String, String> data) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (data != null) {
      data.forEach(
          (name, value) ->
              texts.put(
                  name, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    }
    return Map.copyOf(texts);
  }
}
