package dev.lambdaconfig.cli.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.api.EnvironmentNames;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.cluster.ClusterOptions;
import dev.lambdaconfig.cli.format.NamespaceNames;
import dev.lambdaconfig.cli.format.SafeText;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains one resource. */
@Command(
    name = "explain",
    description =
        "Explains a resource: what is so, why, since when, what was tried, what happens next, and"
            + " what to do. It reads the resource only.",
    footer = {
      "",
      "Examples:",
      "  lambda-config-operator explain team-a/orders-api",
      "  lambda-config-operator explain team-a/orders-api -o json",
      "",
      "It ends with 0, also if the resource is stalled, and with 1 if it cannot be read."
    },
    mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {

  /** The forms of the output. */
  enum Output {
    text,
    json
  }

  @Parameters(
      paramLabel = "[NAMESPACE/]NAME",
      description = "The resource; without a namespace, in that of the kubeconfig's context.")
  private String resource = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "One of ${COMPLETION-CANDIDATES}.",
      defaultValue = "text")
  private Output output = Output.text;

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws JsonProcessingException {
    PrintWriter err = spec.commandLine().getErr();
    String problem = cluster.problem();
    if (problem != null) {
      err.println("error: " + problem);
      return 1;
    }
    try (KubernetesClient client = cluster.client()) {
      return explain(client, err);
    }
  }

  private int explain(KubernetesClient client, PrintWriter err) throws JsonProcessingException {
    int slash = resource.indexOf('/');
    String namespace = slash < 0 ? client.getNamespace() : resource.substring(0, slash);
    String name = resource.substring(slash + 1);
    if (!EnvironmentNames.isObjectName(name)
        || (slash >= 0 && !NamespaceNames.canBe(resource.substring(0, slash)))) {
      err.println("error: '" + SafeText.of(resource) + "' is no resource: write NAMESPACE/NAME");
      return 1;
    }
    LambdaFunctionConfig found;
    try {
      found =
          client.resources(LambdaFunctionConfig.class).inNamespace(namespace).withName(name).get();
    } catch (KubernetesClientException e) {
      err.println("error: " + ClusterOptions.unreadable(client.getMasterUrl(), e));
      return 1;
    }
    if (found == null) {
      err.println(
          "error: "
              + (isInstalled(client) ? missing(namespace, name) : ClusterOptions.NOT_INSTALLED));
      return 1;
    }
    print(new Explainer(ReasonTable.read()).explain(found));
    return 0;
  }

  /** An API server answers alike for a resource that does not exist, and for an unknown kind. */
  private static boolean isInstalled(KubernetesClient client) {
    try {
      return client.supports(LambdaFunctionConfig.class);
    } catch (KubernetesClientException e) {
      return true;
    }
  }

  private static String missing(@Nullable String namespace, String name) {
    return "there is no LambdaFunctionConfig "
        + name
        + " in namespace "
        + namespace
        + ": kubectl get lfc --all-namespaces lists those that exist";
  }

  private void print(Explanation explanation) throws JsonProcessingException {
    String text =
        switch (output) {
          case text -> ExplanationText.of(explanation, Instant.now());
          case json ->
              new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(explanation);
        };
    spec.commandLine().getOut().println(text);
  }
}
