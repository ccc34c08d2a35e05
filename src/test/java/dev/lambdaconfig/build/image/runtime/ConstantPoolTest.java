package dev.lambdaconfig.build.image.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The constants of class files that the compiler wrote. */
final class ConstantPoolTest {

  /** A class with a lambda, a long, and references. */
  static final class Sample {

    Runnable lambda(Map<String, Long> values) {
      values.put("large", 1L << 40);
      return () -> values.put("small", 2L);
    }
  }

  private static ConstantPool of(Class<?> type) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream in = Objects.requireNonNull(type.getClassLoader().getResourceAsStream(file))) {
      return ConstantPool.of(in.readAllBytes());
    }
  }

  @Test
  void referencesAndCallSitesAreFound() throws IOException {
    assertThat(of(Sample.class).callSites()).hasSize(1);
    assertThat(of(Sample.class).references()).hasSizeGreaterThan(5).isSorted();
  }

  @Test
  void aClassWithoutLambdasHasNoCallSite() throws IOException {
    assertThat(of(Plain.class).callSites()).isEmpty();
  }

  /** Without lambdas and without texts put together. */
  static final class Plain {

    Map<String, List<String>> map() {
      return new TreeMap<>();
    }
  }
}
