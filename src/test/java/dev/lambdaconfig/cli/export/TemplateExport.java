package dev.lambdaconfig.cli.export;

import dev.lambdaconfig.cli.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Exports from templates, in eu-west-1. */
final class TemplateExport {

  private TemplateExport() {}

  /** What {@code export --from-sam} makes of a template. */
  static CommandResult of(Path folder, String template, String... options) throws IOException {
    Path file = folder.resolve("template.yaml");
    Files.writeString(file, template);
    List<String> arguments = new ArrayList<>(List.of("export", "--from-sam", file.toString()));
    arguments.addAll(List.of(options));
    if (!arguments.contains("--region")) {
      arguments.addAll(List.of("--region", "eu-west-1"));
    }
    return CommandResult.of(arguments.toArray(String[]::new));
  }

  /** The names of the resources in manifests. */
  static List<String> names(String yaml) {
    return Pattern.compile("(?m)^  name: (\\S+)$")
        .matcher(yaml)
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
