package dev.lambdaconfig.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start of local processes, if the tests run on them. */
class LocalServerIT {

  private final Source source = ApiServer.shared().source();

  @TempDir Path folder;

  @Test
  void takesAnotherPortWhereItsOwnWasTakenMeanwhile() throws IOException {
    if (!(source instanceof Source.Binaries binaries)) {
      return; // There is no child process that could lose a race.
    }
    // Given
    int free;
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = probe.getLocalPort();
    }
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var ports = new ArrayDeque<>(List.of(taken.getLocalPort(), free));

      // When
      try (var server = LocalServer.start(binaries.directory(), folder, ports::remove)) {

        // Then
        assertThat(Files.readString(server.kubeconfig())).contains("https://127.0.0.1:" + free);
      }
    }
  }

  @Test
  void showsTheLogOfAServerThatDoesNotStart() throws IOException {
    if (!(source instanceof Source.Binaries binaries)) {
      return; // There is no child process that could fail.
    }
    // Given
    var broken = Files.createDirectory(folder.resolve("broken"));
    Files.createSymbolicLink(broken.resolve("etcd"), binaries.directory().resolve("etcd"));
    var program = Files.writeString(broken.resolve("kube-apiserver"), "#!/bin/sh\necho no flag\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    var state = Files.createDirectory(folder.resolve("state"));

    // When, Then
    assertThatExceptionOfType(NoApiServer.class)
        .isThrownBy(() -> LocalServer.start(broken, state))
        .withMessageContaining("kube-apiserver ended at its start")
        .withMessageContaining("no flag");
  }
}
