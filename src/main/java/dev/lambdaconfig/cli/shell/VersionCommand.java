package dev.lambdaconfig.cli.shell;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the version of the operator and of the Java that it runs on. */
@Command(
    name = "version",
    description = "Prints the version of the operator, of its API and of the Java that it runs on.",
    footer = {"", "Examples:", "  lambda-config-operator version -o json"},
    mixinStandardHelpOptions = true)
public final class VersionCommand implements Callable<Integer> {

  /** The forms of the output. */
  enum Output {
    text,
    json
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "One of ${COMPLETION-CANDIDATES}.",
      defaultValue = "text")
  private Output output = Output.text;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final String version;
  private final String apiVersion;

  /**
   * Creates the command.
   *
   * @param version the operator's version
   * @param apiVersion the group and version of its resource
   */
  public VersionCommand(String version, String apiVersion) {
    this.version = version;
    this.apiVersion = apiVersion;
  }

  @Override
  public Integer call() {
    String printed =
        switch (output) {
          case text ->
              "lambda-config-operator "
                  + version
                  + "\nAPI "
                  + apiVersion
                  + "\nJava "
                  + Runtime.version()
                  + " ("
                  + System.getProperty("java.vendor")
                  + "), "
                  + platform();
          case json ->
              JsonNodeFactory.instance
                  .objectNode()
                  .put("version", version)
                  .put("apiVersion", apiVersion)
                  .put("javaVersion", Runtime.version().toString())
                  .put("javaVendor", System.getProperty("java.vendor"))
                  .put("platform", platform())
                  .toPrettyString();
        };
    spec.commandLine().getOut().println(printed);
    return 0;
  }

  private static String platform() {
    return System.getProperty("os.name") + "/" + System.getProperty("os.arch");
  }
}
