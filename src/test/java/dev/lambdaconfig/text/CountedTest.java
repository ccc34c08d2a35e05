package dev.lambdaconfig.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Counts in words. */
final class CountedTest {

  @Test
  void onlyOneIsSingular() {
    assertThat(Counted.of(0, "manifest")).isEqualTo("0 manifests");
    assertThat(Counted.of(1, "manifest")).isEqualTo("1 manifest");
    assertThat(Counted.of(2, "manifest")).isEqualTo("2 manifests");
    assertThat(Counted.of(1, "file is kept", "files are kept")).isEqualTo("1 file is kept");
    assertThat(Counted.of(1_000, "file is kept", "files are kept"))
        .isEqualTo("1000 files are kept");
  }
}
