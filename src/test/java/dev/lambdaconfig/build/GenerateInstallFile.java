package dev.lambdaconfig.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Writes the default installation of {@code deploy/} as one file for {@code kubectl apply -f}, with
 * its comments. {@code deploy/} may do no more than list resources: anything else needs kustomize,
 * which the build does without.
 */
public final class GenerateInstallFile {

  private static final String IMAGE = "image: lambda-config-operator:";

  private GenerateInstallFile() {}

  /**
   * Writes the file.
   *
   * @param args the folder of the project, the file, and the image of the operator
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[1]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text(Path.of(args[0]), args[2]));
  }

  /** The objects of {@code deploy/}, in an order in which they can be created. */
  public static String text(Path base, String image) throws IOException {
    StringBuilder text = new StringBuilder("# kubectl apply --server-side -f install.yaml\n");
    for (Path resource : resources(base.resolve("deploy"))) {
      String content = Files.readString(resource).replaceFirst("^---\n", "");
      text.append("---\n").append(content.replaceAll(IMAGE + "\\S+", "image: " + image));
    }
    return text.toString();
  }

  private static List<Path> resources(Path folder) throws IOException {
    Path file =
        Stream.of("kustomization.yaml", "Kustomization")
            .map(folder::resolve)
            .filter(Files::exists)
            .findFirst()
            .orElseThrow(() -> new IOException(folder + " is no kustomization"));
    JsonNode kustomization = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
    Set<String> keys = new TreeSet<>();
    kustomization.fieldNames().forEachRemaining(keys::add);
    keys.removeAll(Set.of("apiVersion", "kind", "resources"));
    if (!keys.isEmpty()) {
      throw new IOException(
          file + ": install.yaml is made of resources alone; move to a component: " + keys);
    }
    List<Path> resources = new ArrayList<>();
    for (JsonNode resource : kustomization.path("resources")) {
      Path path = folder.resolve(resource.asText()).normalize();
      if (Files.isDirectory(path)) {
        resources.addAll(resources(path));
      } else {
        resources.add(path);
      }
    }
    return resources;
  }
}
