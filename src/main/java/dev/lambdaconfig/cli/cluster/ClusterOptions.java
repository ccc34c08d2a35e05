package dev.lambdaconfig.cli.cluster;

import dev.lambdaconfig.cli.format.SafeText;
import dev.lambdaconfig.cli.preflight.Kubeconfig;
import dev.lambdaconfig.cli.preflight.KubernetesVariables;
import dev.lambdaconfig.cli.preflight.RootCause;
import dev.lambdaconfig.kube.reading.StrippedSerialization;
import dev.lambdaconfig.kube.schema.ServedSchema;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The cluster that a command reads, once, for a person who waits. */
public final class ClusterOptions {

  /** The message for a cluster that does not know the kind. */
  public static final String NOT_INSTALLED =
      "the CustomResourceDefinition lambdafunctionconfigs.lambdaconfig.dev is not installed in this"
          + " cluster: check --kubeconfig and --context, or apply crds/";

  /** The host that the client assumes where nothing names a cluster, as if in a Pod. */
  private static final String IN_POD = "//kubernetes.default.svc/";

  private static final String NO_CLUSTER =
      "no cluster is known, and https://kubernetes.default.svc, that of a Pod, does not answer:"
          + " write --kubeconfig FILE, or set KUBECONFIG to a file with a current-context";

  private static final int RETRIES = 1;

  private static final int LONGEST_MESSAGE = 500;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The kubeconfig of the cluster. Default: KUBECONFIG, else ~/.kube/config.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The context of the kubeconfig. Default: its current one.")
  private @Nullable String context;

  /** Returns whether a cluster was named, where a command can do without one. */
  public boolean isChosen() {
    return kubeconfig != null || context != null;
  }

  /** Returns what is wrong with the options, or null. */
  public @Nullable String problem() {
    if (kubeconfig != null && !Files.isReadable(kubeconfig)) {
      return "--kubeconfig: " + kubeconfig + " cannot be read: check its path";
    }
    String misnamed = kubeconfig == null ? Kubeconfig.problem() : null;
    if (misnamed != null || !isChosen()) {
      return misnamed;
    }
    NamedContext chosen;
    try {
      chosen = config().getCurrentContext();
    } catch (RuntimeException e) {
      return kubeconfig == null
          ? KubernetesVariables.message(e, System.getenv())
          : "--kubeconfig: " + kubeconfig + " is no kubeconfig: check its YAML";
    }
    // The client would take a cluster of its own choice.
    return context != null && (chosen == null || !context.equals(chosen.getName()))
        ? "--context: the kubeconfig has no context "
            + context
            + ": kubectl config get-contexts lists those that it has"
        : null;
  }

  /**
   * Returns what the CustomResourceDefinition of a cluster hides of the specs that a command is
   * about to read, with what to do; null where they are whole.
   */
  public static @Nullable String hidden(KubernetesClient client) {
    Set<String> hidden = ServedSchema.hiddenBy(client);
    return hidden.isEmpty()
        ? null
        : "the CustomResourceDefinition of the cluster is older than this command and hides spec."
            + String.join(", spec.", hidden)
            + ", so the specs that it answers can mean something else: apply the one of this"
            + " release, or use the command of the operator's release";
  }

  private Config config() {
    Config config =
        kubeconfig == null
            ? Config.autoConfigure(context)
            : Config.fromKubeconfig(context, kubeconfig.toFile());
    // Not by a builder: it would take what is not set from the current context.
    config.setRequestRetryBackoffLimit(RETRIES);
    return config;
  }

  /**
   * Creates a client. The caller closes it.
   *
   * @throws KubernetesClientException with what to correct, if the client cannot use its
   *     configuration
   */
  public KubernetesClient client() {
    try {
      return new KubernetesClientBuilder()
          .withKubernetesSerialization(StrippedSerialization.create())
          .withConfig(config())
          .build();
    } catch (RuntimeException e) {
      throw new KubernetesClientException(
          shortened(KubernetesVariables.message(e, System.getenv())), e);
    }
  }

  /**
   * Returns the message for resources that cannot be read.
   *
   * @param server the URL of the API server
   */
  public static String unreadable(Object server, KubernetesClientException failure) {
    if (failure.getCode() <= 0 && String.valueOf(server).contains(IN_POD)) {
      return NO_CLUSTER;
    }
    if (failure.getCode() <= 0) {
      return "the API server at "
          + server
          + " does not answer ("
          + shortened(String.valueOf(RootCause.of(failure)))
          + ")";
    }
    return switch (failure.getCode()) {
      case 400 -> "the API server at " + server + " refuses the request: " + said(failure);
      case 401 ->
          "the API server at "
              + server
              + " does not accept the credentials (401): check KUBECONFIG";
      case 403 ->
          "RBAC does not allow it: bind a role with get and list on"
              + " lambdafunctionconfigs.lambdaconfig.dev ("
              + said(failure)
              + ")";
      case 404 -> NOT_INSTALLED;
      default -> "the API server at " + server + " fails (" + said(failure) + ")";
    };
  }

  /** The words of the API server, or of a proxy before it. */
  private static String said(KubernetesClientException failure) {
    Status status = failure.getStatus();
    String message = status == null ? null : status.getMessage();
    return shortened(message == null ? "status " + failure.getCode() : message);
  }

  private static String shortened(String text) {
    return SafeText.shortened(text, LONGEST_MESSAGE);
  }
}
