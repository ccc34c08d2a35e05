package dev.lambdaconfig.kube;

import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A write that RBAC allows and admission refuses: a ResourceQuota, a policy, a webhook, a namespace
 * that is being deleted. The API server answers 403 to most of them, as it does where a right is
 * missing, and only the text tells them apart.
 *
 * <p>Nothing of a message is kept but names and quantities: a policy or a webhook may repeat the
 * object that it refuses, and with it the values of a Secret.
 *
 * @param by who refused, as a part of a sentence
 */
public record AdmissionRefusal(String by) {

  /** The cause of a refusal in a namespace that is being deleted. */
  private static final String NAMESPACE_TERMINATING = "NamespaceTerminating";

  /** The text of any other refusal, but for want of a right: authorizers name the user. */
  private static final Pattern UNNAMED =
      Pattern.compile("^\\S+ \"[^\"]*\" is forbidden: (?!User )");

  private static final Pattern QUOTA =
      Pattern.compile(
          "is forbidden: exceeded quota: ([a-z0-9.-]{1,253}), requested: \\S+,"
              + " used: \\S+, limited: ([a-zA-Z0-9./=,_-]{1,253})$");

  private static final Pattern POLICY =
      Pattern.compile("is forbidden: ValidatingAdmissionPolicy '([a-z0-9.-]{1,253})' ");

  private static final Pattern WEBHOOK =
      Pattern.compile("^admission webhook \"([a-z0-9.-]{1,253})\" denied the request");

  /** The refusal behind a failed write, or null where it failed for another reason. */
  public static @Nullable AdmissionRefusal of(KubernetesClientException failure) {
    int code = failure.getCode();
    if (code < HttpURLConnection.HTTP_BAD_REQUEST
        || code >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
      return null;
    }
    String message = failure.getStatus() == null ? null : failure.getStatus().getMessage();
    if (message == null) {
      return null;
    }
    if (isInTerminatingNamespace(failure)) {
      return new AdmissionRefusal("the namespace, which is being deleted and takes nothing new");
    }
    String named = named(message);
    if (named != null) {
      return new AdmissionRefusal(named);
    }
    return code == HttpURLConnection.HTTP_FORBIDDEN && UNNAMED.matcher(message).find()
        ? new AdmissionRefusal("an admission plugin of the API server")
        : null;
  }

  private static @Nullable String named(String message) {
    Matcher quota = QUOTA.matcher(message);
    if (quota.find()) {
      return "the ResourceQuota " + quota.group(1) + ", which is used up (" + quota.group(2) + ")";
    }
    Matcher policy = POLICY.matcher(message);
    if (policy.find()) {
      return "the ValidatingAdmissionPolicy " + policy.group(1);
    }
    Matcher webhook = WEBHOOK.matcher(message);
    return webhook.find() ? "the admission webhook " + webhook.group(1) : null;
  }

  /** Whether a write was refused because its namespace is being deleted. */
  public static boolean isInTerminatingNamespace(KubernetesClientException failure) {
    if (failure.getStatus() == null || failure.getStatus().getDetails() == null) {
      return false;
    }
    List<StatusCause> causes =
        Objects.requireNonNullElse(failure.getStatus().getDetails().getCauses(), List.of());
    return causes.stream().anyMatch(cause -> NAMESPACE_TERMINATING.equals(cause.getReason()));
  }
}
