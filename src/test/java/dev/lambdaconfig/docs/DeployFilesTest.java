package dev.lambdaconfig.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files of an installation that follow from others are in sync with them. */
final class DeployFilesTest {

  @Test
  void eachFileIsAsItIsGenerated() throws IOException {
    for (Map.Entry<Path, String> file : DeployFiles.of(Path.of("")).entrySet()) {
      assertThat(file.getKey()).as("mvn -Pformat writes it").hasContent(file.getValue());
    }
  }

  @Test
  void theReadmeOfTheChartHasEachValueOnce() throws IOException {
    String yaml = Files.readString(ChartReadme.VALUES);
    List<String> described =
        ChartReadme.described(yaml).stream().map(ChartReadme.Value::path).toList();

    assertThat(described).doesNotHaveDuplicates().contains("crds.install", "aws.region");
    assertThat(leaves("", new ObjectMapper(new YAMLFactory()).readTree(yaml)))
        .as("a comment with -- describes it, or what it belongs to")
        .allMatch(leaf -> described.stream().anyMatch(path -> (leaf + ".").startsWith(path + ".")));
    assertThat(Files.readString(ChartReadme.FILE))
        .contains("| `crds.keep` | `true` | Keep the CRD, and with it all LambdaFunctionConfigs");
  }

  private static List<String> leaves(String path, JsonNode values) {
    List<String> leaves = new ArrayList<>();
    values
        .properties()
        .forEach(
            value -> {
              String name = path.isEmpty() ? value.getKey() : path + "." + value.getKey();
              if (value.getValue().isObject() && !value.getValue().isEmpty()) {
                leaves.addAll(leaves(name, value.getValue()));
              } else {
                leaves.add(name);
              }
            });
    return leaves;
  }
}
