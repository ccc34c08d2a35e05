package dev.lambdaconfig.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WaitingThreadsTest {

  @ParameterizedTest
  @CsvSource({"21, false", "23, false", "24, true", "25, true"})
  void areVirtualWhereTheseCanWait(int java, boolean virtual) {
    Thread thread = WaitingThreads.builder(java).unstarted(() -> {});

    assertThat(thread.isVirtual()).isEqualTo(virtual);
  }

  @ParameterizedTest
  @CsvSource({"21", "25"})
  void keepNoProcessFromItsEnd(int java) {
    Thread thread = WaitingThreads.builder(java).unstarted(() -> {});

    assertThat(thread.isDaemon()).isTrue();
  }

  @Test
  void eachTaskHasOneWithNameAndNumber() throws Exception {
    try (ExecutorService threads = WaitingThreads.perTask("reads")) {
      assertThat(threads.submit(() -> Thread.currentThread().getName()).get(10, TimeUnit.SECONDS))
          .isEqualTo("reads-0");
    }
  }
}
