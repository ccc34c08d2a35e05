package dev.lambdaconfig.packaged;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.build.jar.Instructions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * The jar leaves out methods that nobody calls, and the build cannot see a call by reflection. So
 * each class of those libraries that looks for methods is known, with what it looks for.
 */
final class ReflectionIT {

  private static final Path JAR = Path.of(requireNonNull(System.getProperty("operator.jar")));
  private static final String RULES = "/shrink/rules.pro";
  private static final String KNOWN = "/shrink/reflection.txt";

  private static final Set<String> LOOKUPS =
      Set.of(
          "getConstructor",
          "getConstructors",
          "getDeclaredConstructor",
          "getDeclaredConstructors",
          "getDeclaredMethod",
          "getDeclaredMethods",
          "getMethod",
          "getMethods",
          "newInstance");

  @Test
  void eachClassThatLooksForMethodsIsKnown() throws Exception {
    // Given
    List<Pattern> libraries = new ArrayList<>(shrunkLibraries());
    assertThat(libraries).hasSizeGreaterThan(5);
    // It makes builders by the names of their classes.
    libraries.add(Pattern.compile("io/fabric8/.*"));

    // When
    Set<String> found = new TreeSet<>();
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        String file = entry.getName();
        if (file.endsWith(".class")
            && libraries.stream().anyMatch(name -> name.matcher(file).matches())
            && looksForMethods(jar, entry)) {
          found.add(file.substring(0, file.length() - ".class".length()).replace('/', '.'));
        }
      }
    }

    // Then
    assertThat(found)
        .as("a new class: keep in rules.pro what it looks for, and write down here what that is")
        .containsExactlyInAnyOrderElementsOf(known());
  }

  /** The names of the classes of which rules.pro does not keep all. */
  private static List<Pattern> shrunkLibraries() throws IOException {
    return lines(RULES)
        .filter(line -> line.startsWith("-keepclassmembers class !"))
        .flatMap(line -> Stream.of(line.split("[ ,]")))
        .filter(part -> part.startsWith("!"))
        .map(part -> part.substring(1).replace('.', '/').replaceAll("\\*+", ".*"))
        .map(Pattern::compile)
        .toList();
  }

  private static List<String> known() throws IOException {
    return lines(KNOWN)
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
  }

  private static Stream<String> lines(String resource) throws IOException {
    try (InputStream text = requireNonNull(ReflectionIT.class.getResourceAsStream(resource))) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines();
    }
  }

  private static boolean looksForMethods(JarFile jar, JarEntry entry) throws IOException {
    try (InputStream content = jar.getInputStream(entry)) {
      return Instructions.of(content.readAllBytes())
          .anyMatch(
              instruction ->
                  switch (instruction) {
                    case MethodInsnNode call -> isLookup(call.owner, call.name);
                    case InvokeDynamicInsnNode call ->
                        Stream.of(call.bsmArgs)
                            .anyMatch(
                                argument ->
                                    argument instanceof Handle handle
                                        && isLookup(handle.getOwner(), handle.getName()));
                    default -> false;
                  });
    }
  }

  private static boolean isLookup(String owner, String name) {
    return switch (owner) {
      case "java/lang/Class" -> LOOKUPS.contains(name);
      case "java/lang/invoke/MethodHandles$Lookup" -> name.startsWith("find");
      default -> false;
    };
  }
}
