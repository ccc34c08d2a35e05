package dev.lambdaconfig.build.image.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of classes after rehearsals that differ in their timing only. */
final class ClassListTest {

  private static final String EVENT = "jdk/internal/net/http/SocketTube$SocketFlowEvent";
  private static final String LAMBDA =
      "@lambda-proxy " + EVENT + " get (LEvent;)Ljava/util/function/Supplier;";
  private static final String INVOKER = "@lambda-form-invoker [LF_RESOLVE] Holder invokeStatic L_V";

  @TempDir private Path folder;

  private List<String> complete(String... recorded) throws IOException {
    Path jar = folder.resolve("operator.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.finish();
    }
    return ClassList.complete(List.of(recorded), jar, Path.of(System.getProperty("java.home")));
  }

  @Test
  void orderAndResolvedConstantsDoNotMatter() throws IOException {
    assertThat(
            complete(
                "java/lang/Object id: 0",
                "java/lang/Integer id: 1",
                INVOKER,
                "@cp java/lang/Integer 2 7"))
        .isEqualTo(complete(INVOKER, "# a comment", "java/lang/Integer id: 0", "java/lang/Object"))
        .startsWith("java/lang/Integer", "java/lang/Object", INVOKER);
  }

  @Test
  void connectionsAbortedAtTheEndDoNotMatter() throws IOException {
    List<String> ended = complete(EVENT + " id: 3", "@cp " + EVENT + " 1 3");

    assertThat(complete(EVENT + " id: 3", LAMBDA, "@cp " + EVENT + " 1 3 35")).isEqualTo(ended);
    assertThat(complete(EVENT + " id: 3", LAMBDA)).isEqualTo(ended);
    assertThat(ended).hasSize(2).first().isEqualTo(EVENT);
  }

  @Test
  void lambdasThatWereNotReachedAreLeftOut() throws IOException {
    assertThat(complete("java/util/Map$Entry"))
        .isNotEqualTo(complete("java/util/Map$Entry", "@cp java/util/Map$Entry " + callSite()));
  }

  private static int callSite() throws IOException {
    try (var in = Object.class.getResourceAsStream("/java/util/Map$Entry.class")) {
      return ConstantPool.of(in.readAllBytes()).callSites().getFirst();
    }
  }
}
