package dev.lambdaconfig.kube.secret;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.kube.status.ServerSideApplyStatusStore;
import dev.lambdaconfig.model.Value;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables from before the first update, each resource's in an immutable Secret in the
 * operator's own namespace: no tenant may read there, and the deletion of a tenant's namespace
 * removes nothing there.
 */
public final class BaselineSecrets implements StateSizes.Source {

  /** The label of the Secrets of baselines. */
  static final String LABEL = "lambdaconfig.dev/baseline";

  /** The label with the namespace of the resource, by which a person deletes them. */
  private static final String RESOURCE_NAMESPACE = "lambdaconfig.dev/resource-namespace";

  /** The annotation with the resource of a Secret: {@code namespace/name}. */
  static final String RESOURCE = "lambdaconfig.dev/resource";

  /** The annotation with the UID of that resource. */
  static final String RESOURCE_UID = "lambdaconfig.dev/resource-uid";

  private static final String PREFIX = "lambda-config-baseline-";

  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  private static final long PAGE = 50;

  /** The result of keeping variables. */
  public sealed interface Outcome {}

  /** The variables are kept. */
  public record Kept() implements Outcome {}

  /** Other variables were kept before, and stay. */
  public record KeptBefore() implements Outcome {}

  /** The variables cannot be kept. */
  public record Refused(String why) implements Outcome {}

  private static final Outcome KEPT = new Kept();

  private final KubernetesClient client;
  private final @Nullable String namespace;
  private final BaselineAge age;
  private final ValueFingerprint fingerprint = new ValueFingerprint();

  /**
   * The fingerprints of the variables that this process knows to be kept, by the UID of the
   * resource.
   */
  private final Map<String, String> kept = new ConcurrentHashMap<>();

  /**
   * Creates a store that uses the given client.
   *
   * @param namespace the operator's own, or null if it has none
   * @param clock the time to which the age of a Secret is measured
   */
  public BaselineSecrets(KubernetesClient client, @Nullable String namespace, Clock clock) {
    this.client = client;
    this.namespace = namespace;
    this.age = new BaselineAge(clock);
  }

  /**
   * The name of a resource's Secret. No other resource has it, not even a later one of the same
   * name.
   */
  public static String nameFor(LambdaFunctionConfig resource) {
    return nameFor(resource.getMetadata().getUid());
  }

  private static String nameFor(String uid) {
    return PREFIX + uid;
  }

  /** The ages of Secrets. */
  BaselineAge age() {
    return age;
  }

  /** The operator's own namespace, or null if it has none. */
  @Nullable
  public String namespace() {
    return namespace;
  }

  /**
   * Keeps variables.
   *
   * @param provisional whether the variables that may be kept so far are for an update that AWS has
   *     not accepted: then the new ones replace them
   * @throws KubernetesClientException if the API server refuses it, 403 without the permission
   */
  public Outcome keep(
      LambdaFunctionConfig resource, Map<String, Value> variables, boolean provisional) {
    Map<String, String> data = SecretData.encoded(variables);
    String uid = resource.getMetadata().getUid();
    String known = kept.get(uid);
    // An update can have waited for long, and a collector may have deleted the Secret meanwhile.
    if (known != null && known.equals(sealed(data))) {
      Secret there = own(uid).get();
      if (there != null && !age.isToBeRenewed(resource, there)) {
        return KEPT;
      }
    }
    if (SecretData.isTooLarge(data)) {
      return new Refused(
          "the function's environment exceeds AWS's limit, so it is not stored: set"
              + " deletionPolicy: Retain, or remove environment from the spec");
    }
    if (known != null) {
      delete(uid);
    }
    return create(resource, data, provisional || known != null);
  }

  private Outcome create(
      LambdaFunctionConfig resource, Map<String, String> data, boolean replaces) {
    String uid = resource.getMetadata().getUid();
    try {
      client.resource(secret(resource, data)).create();
      kept.put(uid, sealed(data));
      return KEPT;
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
    Secret there = own(uid).get();
    if (there != null && !isOf(there, uid)) {
      return new Refused(
          "the Secret "
              + nameFor(uid)
              + " in the operator's namespace exists and does not belong to this resource:"
              + " delete it");
    }
    if (there == null || (replaces && !data.equals(there.getData()))) {
      replace(resource, data);
      return KEPT;
    }
    Map<String, String> before = Objects.requireNonNullElse(there.getData(), Map.of());
    if (age.isToBeRenewed(resource, there)) {
      replace(resource, before);
    }
    kept.put(uid, sealed(before));
    return replaces ? KEPT : new KeptBefore();
  }

  private void replace(LambdaFunctionConfig resource, Map<String, String> data) {
    String uid = resource.getMetadata().getUid();
    delete(uid);
    client.resource(secret(resource, data)).create();
    kept.put(uid, sealed(data));
  }

  private Secret secret(LambdaFunctionConfig resource, Map<String, String> data) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(nameFor(resource))
        .withNamespace(namespace)
        .addToLabels(MANAGED_BY, ServerSideApplyStatusStore.FIELD_MANAGER)
        .addToLabels(LABEL, "true")
        .addToLabels(RESOURCE_NAMESPACE, resource.getMetadata().getNamespace())
        .addToAnnotations(
            RESOURCE,
            resource.getMetadata().getNamespace() + "/" + resource.getMetadata().getName())
        .addToAnnotations(RESOURCE_UID, resource.getMetadata().getUid())
        .endMetadata()
        .withType("Opaque")
        .withImmutable(true)
        .withData(data)
        .build();
  }

  /**
   * The variables that are kept.
   *
   * @return null where they are lost
   * @throws KubernetesClientException if the API server refuses it, 403 without the permission
   */
  @Nullable
  public Map<String, String> read(LambdaFunctionConfig resource) {
    String uid = resource.getMetadata().getUid();
    Secret secret = namespace == null ? null : own(uid).get();
    return secret == null || !isOf(secret, uid) ? null : SecretData.decoded(secret.getData());
  }

  /**
   * Keeps the variables that an earlier version kept elsewhere, unless some are kept already.
   *
   * @return whether variables are kept; else the Secret of this name belongs to another resource
   */
  public boolean take(LambdaFunctionConfig resource, Map<String, String> encoded) {
    return !(create(resource, encoded, false) instanceof Refused);
  }

  /** Whether this process knows that variables of the resource are kept. */
  public boolean isKept(String uid) {
    return kept.containsKey(uid);
  }

  /** Whether this process knows that variables of any resource are kept. */
  boolean isAnyKept() {
    return !kept.isEmpty();
  }

  /**
   * Deletes the variables of a resource, if any are kept.
   *
   * @throws KubernetesClientException if the API server refuses it, 403 without the permission
   */
  public void delete(String uid) {
    own(uid).delete();
    kept.remove(uid);
  }

  /**
   * Deletes a Secret as it was listed: not one that was created anew since.
   *
   * @throws KubernetesClientException if the API server refuses it, 409 where the Secret is another
   */
  void deleteListed(String uid, Secret listed) {
    own(uid).lockResourceVersion(listed.getMetadata().getResourceVersion()).delete();
    kept.remove(uid);
  }

  /** Forgets a resource that is gone; its Secret stays. */
  public void forget(String uid) {
    kept.remove(uid);
  }

  /** A page of all baselines, from the operator's own namespace. */
  SecretList page(@Nullable String from) {
    return client
        .secrets()
        .inNamespace(namespace)
        .withLabel(LABEL, "true")
        .list(new ListOptionsBuilder().withLimit(PAGE).withContinue(from).build());
  }

  private Resource<Secret> own(String uid) {
    return client.secrets().inNamespace(namespace).withName(nameFor(uid));
  }

  private static boolean isOf(Secret secret, String uid) {
    Map<String, String> annotations = secret.getMetadata().getAnnotations();
    return annotations != null && uid.equals(annotations.get(RESOURCE_UID));
  }

  private String sealed(Map<String, String> data) {
    return fingerprint.of(new TreeMap<>(data).toString());
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("BaselineSecrets.kept", kept.size());
  }
}
