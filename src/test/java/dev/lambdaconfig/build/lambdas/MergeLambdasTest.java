package dev.lambdaconfig.build.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.build.jar.Instructions;
import dev.lambdaconfig.build.jar.JarEntries;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;

final class MergeLambdasTest {

  private static final String PACKAGE = "dev/lambdaconfig/build/lambdas/";
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 29, 12, 0);
  private static final String SAMPLE = PACKAGE + "SampleLambdas";

  /** The sample, and the classes within it. */
  private static final List<String> CLASSES =
      List.of(
          SAMPLE,
          SAMPLE + "$Shape",
          SAMPLE + "$Nested",
          SAMPLE + "$Base",
          SAMPLE + "$Stored",
          SAMPLE + "$Range",
          SAMPLE + "$Shortened");

  @TempDir private Path folder;

  @Test
  void doesWhatTheLambdasOfTheCompilerDo() throws Exception {
    // Given
    List<Object> expected = new SampleLambdas().get();

    // When
    Path merged = merged("one");

    // Then
    try (URLClassLoader loader = new URLClassLoader(new URL[] {merged.toUri().toURL()}, null)) {
      Object sample =
          loader.loadClass(SAMPLE.replace('/', '.')).getDeclaredConstructor().newInstance();
      assertThat(((Supplier<?>) sample).get()).isEqualTo(expected);
    }
  }

  @Test
  void leavesOnlyLambdasThatAClassCannotStandFor() throws IOException {
    // When
    Path merged = merged("one");

    // Then
    try (JarFile jar = new JarFile(merged.toFile())) {
      assertThat(jar.stream().mapToInt(entry -> spun(jar, entry, "metafactory")).sum()).isZero();
      // Of Stored, and with a second interface: each where it is evaluated and where it is read.
      assertThat(jar.stream().mapToInt(entry -> spun(jar, entry, "altMetafactory")).sum())
          .isEqualTo(4);
    }
  }

  @Test
  void mergesLambdasOfOneInterface() throws IOException {
    // When
    Path merged = merged("one");

    // Then
    try (JarFile jar = new JarFile(merged.toFile())) {
      long suppliers =
          jar.stream()
              .filter(entry -> entry.getName().contains("$$Lambda$"))
              .filter(entry -> implemented(jar, entry).equals("java/util/function/Function"))
              .count();
      // Without captures, and with an int or an object and an int.
      assertThat(suppliers).isEqualTo(3);
    }
  }

  @Test
  void writesTheSameJarFromTheSameJar() throws IOException {
    assertThat(merged("one")).hasSameBinaryContentAs(merged("two"));
  }

  private Path merged(String name) throws IOException {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    for (String sample : CLASSES) {
      String file = sample + ".class";
      try (InputStream content =
          Objects.requireNonNull(
              MergeLambdasTest.class.getClassLoader().getResourceAsStream(file))) {
        classes.put(file, content.readAllBytes());
      }
    }
    Path jar = folder.resolve(name + ".jar");
    new JarEntries(MergeLambdas.merged(classes, entry -> entry.startsWith(PACKAGE)), TIME)
        .write(jar, Deflater.BEST_SPEED);
    return jar;
  }

  private static String implemented(JarFile jar, JarEntry entry) {
    return Arrays.toString(reader(jar, entry).getInterfaces()).replaceAll("[\\[\\]]", "");
  }

  /** The lambdas in a class for which the JVM would spin a class. */
  private static int spun(JarFile jar, JarEntry entry, String bootstrap) {
    return Math.toIntExact(
        Instructions.of(bytes(jar, entry))
            .filter(
                instruction ->
                    instruction instanceof InvokeDynamicInsnNode call
                        && call.bsm.getName().equals(bootstrap))
            .count());
  }

  private static ClassReader reader(JarFile jar, JarEntry entry) {
    return new ClassReader(bytes(jar, entry));
  }

  private static byte[] bytes(JarFile jar, JarEntry entry) {
    try (InputStream content = jar.getInputStream(entry)) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
