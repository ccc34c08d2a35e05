package dev.lambdaconfig.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an operator is started, and how its resource is written and read: a file that
 * docs/benchmarks/README.md describes.
 *
 * @param name the operator's, for tables
 * @param versionArguments what makes the command print its version; without, the hash of the
 *     command stands for it
 * @param crds CustomResourceDefinitions: files and folders, relative to the file of the mapping
 * @param scenarios the words of those that the operator can take part in
 */
record OperatorMapping(
    String name,
    @Nullable List<String> versionArguments,
    @Nullable List<String> crds,
    ResourceMapping resource,
    SettledRule settled,
    ProcessMapping process,
    Running running,
    Set<String> scenarios) {

  /** The environment and the arguments of the process, with placeholders. */
  record ProcessMapping(List<String> arguments, Map<String, String> environment) {}

  /**
   * The sign by which the operator says that it works: one of the two.
   *
   * @param log a regular expression for a line of its log
   * @param url an address that answers 200, with placeholders
   */
  record Running(@Nullable String log, @Nullable String url) {}

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  static OperatorMapping read(Path file) throws IOException {
    OperatorMapping mapping;
    try {
      mapping = YAML.readValue(Files.readString(file), OperatorMapping.class);
    } catch (JsonProcessingException e) {
      throw new BenchmarkFailed(file + ": " + e.getOriginalMessage());
    }
    mapping.requireComplete(file);
    return mapping;
  }

  private void requireComplete(Path file) {
    require(name != null, file, "name");
    require(
        resource != null
            && resource.group() != null
            && resource.version() != null
            && resource.kind() != null
            && resource.plural() != null
            && resource.manifest() != null
            && resource.change() != null,
        file,
        "resource, with group, version, kind, plural, manifest and change");
    require(settled != null && settled.condition() != null, file, "settled.condition");
    require(
        process != null && process.arguments() != null && process.environment() != null,
        file,
        "process, with arguments and environment");
    require(
        running != null && (running.log() == null) != (running.url() == null),
        file,
        "running, with either log or url");
    require(scenarios != null && !scenarios.isEmpty(), file, "scenarios");
  }

  private static void require(boolean there, Path file, String member) {
    if (!there) {
      throw new BenchmarkFailed(file + " lacks " + member);
    }
  }
}
