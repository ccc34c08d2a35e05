package dev.lambdaconfig.build.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;

final class DeclaredMethodsTest {

  private static final String PACKAGE = "dev/lambdaconfig/build/lambdas/";
  private static final String HOST = PACKAGE + "Host";
  private static final String SHORTENED = PACKAGE + "SampleLambdas$Shortened";

  private final DeclaredMethods methods = new DeclaredMethods(DeclaredMethodsTest::ofTests);

  private static byte @Nullable [] ofTests(String name) {
    if (!name.startsWith(PACKAGE)) {
      return null;
    }
    try (InputStream content =
        DeclaredMethodsTest.class.getClassLoader().getResourceAsStream(name + ".class")) {
      return content == null ? null : content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isCallable(int tag, String owner, String name, String descriptor) {
    return methods.isCallableBeside(HOST, new Handle(tag, owner, name, descriptor, false));
  }

  @Test
  void doesNotCallAnInheritedProtectedMethodOfAnotherPackage() {
    assertThat(isCallable(Opcodes.H_INVOKEVIRTUAL, SHORTENED, "removeRange", "(II)V")).isFalse();
    assertThat(isCallable(Opcodes.H_INVOKEVIRTUAL, "[I", "clone", "()Ljava/lang/Object;")).isTrue();
  }

  @Test
  void callsInheritedPublicMethods() {
    assertThat(isCallable(Opcodes.H_INVOKEVIRTUAL, SHORTENED, "size", "()I")).isTrue();
    assertThat(isCallable(Opcodes.H_INVOKEVIRTUAL, SHORTENED, "isEmpty", "()Z")).isTrue();
  }

  @Test
  void callsPrivateMethodsAndConstructorsOfItsPackage() {
    assertThat(
            isCallable(
                Opcodes.H_NEWINVOKESPECIAL, SHORTENED, "<init>", "(Ljava/util/Collection;)V"))
        .isTrue();
  }

  @Test
  void doesNotCallTheMethodOfASuperclass() {
    assertThat(isCallable(Opcodes.H_INVOKESPECIAL, "java/util/ArrayList", "size", "()I")).isFalse();
  }

  @Test
  void doesNotCallMethodsThatNobodyHas() {
    assertThat(isCallable(Opcodes.H_INVOKESTATIC, "org/absent/Library", "call", "()V")).isFalse();
    assertThat(isCallable(Opcodes.H_INVOKEVIRTUAL, SHORTENED, "absent", "()V")).isFalse();
  }
}
