package dev.lambdaconfig.kube.secret;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Secrets in which earlier versions kept environment variables: in the resource's namespace,
 * owned by it. They are read by their own name only, whatever a status says, and their content is
 * the tenant's word.
 */
public final class FormerBaselineSecrets {

  private static final int LONGEST_NAME = 253;

  private static final Logger LOG = LoggerFactory.getLogger(FormerBaselineSecrets.class);

  private final KubernetesClient client;

  /** Creates a reader of these Secrets, which uses the given client. */
  public FormerBaselineSecrets(KubernetesClient client) {
    this.client = client;
  }

  /**
   * The name of a resource's Secret, of 253 characters at most: the resource's name, cut if
   * necessary, {@code -baseline-} and the UID.
   */
  public static String nameFor(LambdaFunctionConfig resource) {
    String suffix = "-baseline-" + resource.getMetadata().getUid();
    String name = resource.getMetadata().getName();
    String room = name.substring(0, Math.min(name.length(), LONGEST_NAME - suffix.length()));
    return room.replaceAll("[^a-z0-9]+$", "") + suffix;
  }

  /**
   * The data of a resource's Secret, as it is stored; null where there is none.
   *
   * @throws KubernetesClientException if the API server refuses it, 403 without the permission
   */
  @Nullable
  public Map<String, String> read(LambdaFunctionConfig resource) {
    String uid = resource.getMetadata().getUid();
    Secret secret = in(resource).get();
    return secret == null
            || secret.getData() == null
            || secret.getMetadata().getOwnerReferences().stream()
                .noneMatch(owner -> uid.equals(owner.getUid()))
            || SecretData.isTooLarge(secret.getData())
        ? null
        : secret.getData();
  }

  /**
   * Deletes the Secret, where the operator may; else it is deleted with the resource that owns it.
   */
  public void delete(LambdaFunctionConfig resource) {
    try {
      in(resource).delete();
    } catch (KubernetesClientException e) {
      LOG.atWarn()
          .addKeyValue("namespace", resource.getMetadata().getNamespace())
          .addKeyValue("secret", nameFor(resource))
          .addKeyValue("code", e.getCode())
          .log("the former Secret of a baseline is no longer needed and could not be deleted");
    }
  }

  private Resource<Secret> in(LambdaFunctionConfig resource) {
    return client
        .secrets()
        .inNamespace(resource.getMetadata().getNamespace())
        .withName(nameFor(resource));
  }
}
