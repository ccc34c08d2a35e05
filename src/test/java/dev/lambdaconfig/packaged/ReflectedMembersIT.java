package dev.lambdaconfig.packaged;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.build.jar.DeclaredClass;
import dev.lambdaconfig.build.jar.JarEntries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The classes of the jar have what reflection finds in them: fields, the methods of enums and of
 * annotations, the constructors of builders of Kubernetes' kinds, and all methods of classes that
 * Jackson's annotations are on. Compared with the libraries as they are on the class path.
 */
final class ReflectedMembersIT {

  private static final Path JAR = Path.of(requireNonNull(System.getProperty("operator.jar")));
  private static final String BUILDERS = "io/fabric8/kubernetes/api/model/.*Builder";
  private static final String JACKSON = "Lcom/fasterxml/jackson/annotation/";

  /** In what way reflection looks at a class. */
  private enum Kind {
    ANNOTATION(".*"),
    BEAN(".*"),
    BUILDER("<init>.*"),
    ENUM("values\\(\\).*|valueOf\\(Ljava/lang/String;\\).*"),
    OTHER("");

    /** The names and descriptors of methods that reflection finds. */
    private final String methods;

    Kind(String methods) {
      this.methods = methods;
    }

    static Kind of(ClassReader type) {
      if ("java/lang/Enum".equals(type.getSuperName())) {
        return ENUM;
      }
      if (type.getClassName().matches(BUILDERS)) {
        return BUILDER;
      }
      if ((type.getAccess() & Opcodes.ACC_ANNOTATION) != 0) {
        return ANNOTATION;
      }
      return isBean(type) ? BEAN : OTHER;
    }

    boolean reflects(String method) {
      return method.matches(methods);
    }
  }

  @Test
  void eachClassOfTheJarHasWhatReflectionFinds() throws IOException {
    // Given
    Set<String> missing = new TreeSet<>();
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);

    // When
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (JarEntry entry : jar.stream().filter(ReflectedMembersIT::isOfLibrary).toList()) {
        byte[] before = onClassPath(entry.getName());
        if (before == null) {
          // One of merged lambdas.
          continue;
        }
        Kind kind = Kind.of(new ClassReader(before));
        kinds.add(kind);
        try (InputStream content = jar.getInputStream(entry)) {
          DeclaredClass left = DeclaredClass.of(content.readAllBytes());
          DeclaredClass.of(before).access().keySet().stream()
              .filter(member -> !left.access().containsKey(member))
              .filter(member -> !member.contains("(") || kind.reflects(member))
              .forEach(member -> missing.add(left.name() + " " + member));
        }
      }
    }

    // Then
    assertThat(missing).isEmpty();
    assertThat(kinds).containsExactly(Kind.values());
  }

  private static boolean isOfLibrary(JarEntry entry) {
    return JarEntries.isClass(entry.getName()) && !entry.getName().startsWith("dev/lambdaconfig/");
  }

  private static byte @Nullable [] onClassPath(String file) throws IOException {
    try (InputStream content =
        ReflectedMembersIT.class.getClassLoader().getResourceAsStream(file)) {
      return content == null ? null : content.readAllBytes();
    }
  }

  private static boolean isBean(ClassReader type) {
    boolean[] found = new boolean[1];
    type.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
            found[0] |= annotation.startsWith(JACKSON);
            return null;
          }
        },
        ClassReader.SKIP_CODE);
    return found[0];
  }
}
