package dev.lambdaconfig.packaged;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.build.jar.Instructions;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;

/** The classes of the jar that the build rewrote, and those that it made for lambdas. */
final class MergedLambdasIT {

  private static final Path JAR = Path.of(requireNonNull(System.getProperty("operator.jar")));
  private static final String MERGED = "$$Lambda$";
  private static final String SUFFIX = ".class";

  /** What the JVM refuses. */
  private final List<String> refused = new ArrayList<>();

  /** A call that a class makes. */
  private record Call(int code, String owner, String name, String descriptor) {}

  @Test
  void theJvmAcceptsEachRewrittenClassAndEachOfItsCalls() throws Exception {
    // Given
    int classes = 0;
    int calls = 0;

    // When
    try (JarFile jar = new JarFile(JAR.toFile());
        URLClassLoader loader =
            new URLClassLoader(
                new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      for (JarEntry entry : jar.stream().filter(entry -> isMerged(entry.getName())).toList()) {
        String file = entry.getName();
        String name = file.substring(0, file.length() - SUFFIX.length()).replace('/', '.');
        verify(loader, name.substring(0, name.indexOf(MERGED)));
        Lookup merged = verify(loader, name);
        classes++;
        if (merged != null) {
          try (InputStream content = jar.getInputStream(entry)) {
            for (Call call : calls(content.readAllBytes())) {
              calls += isResolved(merged, loader, call) ? 1 : 0;
            }
          }
        }
      }
    }

    // Then
    assertThat(refused).isEmpty();
    assertThat(classes).isGreaterThan(2_000);
    assertThat(calls).isGreaterThan(4 * classes);
  }

  private static boolean isMerged(String file) {
    return file.contains(MERGED) && file.endsWith(SUFFIX);
  }

  /** Has the JVM verify a class; null if it needs a library that is left out. */
  private @Nullable Lookup verify(ClassLoader loader, String name) {
    try {
      Class<?> type = Class.forName(name, false, loader);
      // The methods are known only once the class is verified.
      assertThat(type.getDeclaredMethods()).isNotNull();
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    } catch (NoClassDefFoundError e) {
      return null;
    } catch (ReflectiveOperationException | LinkageError e) {
      refused.add(name + ": " + e);
      return null;
    }
  }

  private static List<Call> calls(byte[] bytes) {
    return Instructions.of(bytes)
        .filter(MethodInsnNode.class::isInstance)
        .map(MethodInsnNode.class::cast)
        .map(call -> new Call(call.getOpcode(), call.owner, call.name, call.desc))
        .toList();
  }

  /**
   * Resolves a call as the JVM does when it is made; false if it needs a library that is left out.
   */
  private boolean isResolved(Lookup caller, ClassLoader loader, Call call) {
    if (call.owner().startsWith("[")) {
      return true;
    }
    try {
      Class<?> owner = Class.forName(call.owner().replace('/', '.'), false, loader);
      MethodType type = MethodType.fromMethodDescriptorString(call.descriptor(), loader);
      if (call.name().equals("<init>")) {
        return caller.findConstructor(owner, type) != null;
      }
      return call.code() == Opcodes.INVOKESTATIC
          ? caller.findStatic(owner, call.name(), type) != null
          : caller.findVirtual(owner, call.name(), type) != null;
    } catch (ClassNotFoundException | NoClassDefFoundError | TypeNotPresentException e) {
      return false;
    } catch (ReflectiveOperationException | LinkageError e) {
      if (!(e.getCause() instanceof NoClassDefFoundError)) {
        refused.add(caller + ": " + call + ": " + e);
      }
      return false;
    }
  }
}
