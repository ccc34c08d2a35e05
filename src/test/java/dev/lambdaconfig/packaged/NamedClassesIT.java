package dev.lambdaconfig.packaged;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * The jar leaves out parts of libraries that the operator does not need. What its own code and the
 * framework name is there: else it would be missed when it is first used, which may be in a year.
 */
final class NamedClassesIT {

  private static final Path JAR = Path.of(requireNonNull(System.getProperty("operator.jar")));

  @Test
  void eachClassThatTheOperatorOrItsFrameworkNamesIsInTheJarOrInTheJdk() throws Exception {
    // Given
    Set<String> named = new TreeSet<>();
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (JarEntry entry : jar.stream().filter(entry -> isOurs(entry.getName())).toList()) {
        try (InputStream content = jar.getInputStream(entry)) {
          named.addAll(names(content.readAllBytes()));
        }
      }
    }
    assertThat(named)
        .contains("io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview");

    // When
    Set<String> missing;
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      missing =
          named.stream()
              .filter(name -> !exists(loader, name))
              .collect(Collectors.toCollection(TreeSet::new));
    }

    // Then
    assertThat(missing).isEmpty();
  }

  private static boolean isOurs(String file) {
    return file.endsWith(".class")
        && (file.startsWith("dev/lambdaconfig/") || file.startsWith("io/javaoperatorsdk/"));
  }

  private static Set<String> names(byte[] type) {
    Set<String> names = new TreeSet<>();
    new ClassReader(type)
        .accept(
            new ClassRemapper(
                new ClassWriter(0),
                new Remapper(Opcodes.ASM9) {
                  @Override
                  public String map(String name) {
                    names.add(name.replace('/', '.'));
                    return name;
                  }
                }),
            ClassReader.SKIP_DEBUG);
    return names;
  }

  private static boolean exists(ClassLoader loader, String name) {
    try {
      return Class.forName(name, false, loader) != null;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
