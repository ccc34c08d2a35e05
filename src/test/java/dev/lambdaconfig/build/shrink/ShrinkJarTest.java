package dev.lambdaconfig.build.shrink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.build.jar.JarEntries;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

final class ShrinkJarTest {

  private static final String PROGRAM = "dev/lambdaconfig/build/shrink/SampleProgram";
  private static final String CALLED = PROGRAM + "$Called.class";
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 29, 12, 0);
  private static final String RULES =
      """
      -dontobfuscate
      -dontoptimize
      -dontpreverify
      -keepattributes *
      -keep class dev.lambdaconfig.build.shrink.SampleProgram { public *; }
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void leavesOutWhatNobodyCallsAndKeepsWhatATextNames() throws Exception {
    // Given
    JarEntries whole = new JarEntries(program(), TIME);

    // When
    JarEntries left = ShrinkJar.shrunk(whole, 21, rules());

    // Then
    assertThat(left.contents())
        .containsOnlyKeys(
            "META-INF/MANIFEST.MF",
            "META-INF/services/java.lang.Object",
            PROGRAM + ".class",
            CALLED,
            PROGRAM + "$Named.class",
            PROGRAM + "$OfFile.class");
    assertThat(methods(left, CALLED)).containsExactlyInAnyOrder("<init>", "used");
    assertThat(left.time()).isEqualTo(TIME);
    assertThat(run(left)).isEqualTo("called named");
  }

  private URL rules() throws Exception {
    return Files.writeString(folder.resolve("rules.pro"), RULES).toUri().toURL();
  }

  private static Map<String, byte[]> program() throws Exception {
    Map<String, byte[]> program = new LinkedHashMap<>();
    program.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n".getBytes(UTF_8));
    program.put("META-INF/services/", new byte[0]);
    program.put(
        "META-INF/services/java.lang.Object",
        "dev.lambdaconfig.build.shrink.SampleProgram$OfFile".getBytes(UTF_8));
    for (String suffix : List.of("", "$Called", "$Named", "$OfFile", "$OfUnused")) {
      String file = PROGRAM + suffix + ".class";
      try (InputStream content =
          Objects.requireNonNull(ShrinkJarTest.class.getClassLoader().getResourceAsStream(file))) {
        program.put(file, content.readAllBytes());
      }
    }
    return program;
  }

  private Object run(JarEntries program) throws Exception {
    Path jar = folder.resolve("program.jar");
    program.write(jar, Deflater.BEST_SPEED);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      Object sample =
          loader.loadClass(PROGRAM.replace('/', '.')).getDeclaredConstructor().newInstance();
      return ((Supplier<?>) sample).get();
    }
  }

  private static List<String> methods(JarEntries jar, String file) {
    List<String> methods = new ArrayList<>();
    new ClassReader(Objects.requireNonNull(jar.contents().get(file)))
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public @Nullable MethodVisitor visitMethod(
                  int access,
                  String name,
                  String descriptor,
                  @Nullable String signature,
                  String @Nullable [] exceptions) {
                methods.add(name);
                return null;
              }
            },
            0);
    return methods;
  }
}
