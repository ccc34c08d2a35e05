package dev.lambdaconfig.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.IntSupplier;
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
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var tried = new ArrayList<Integer>();
      IntSupplier takenFirst =
          () -> {
            tried.add(tried.isEmpty() ? taken.getLocalPort() : LocalServer.freePort());
            return tried.getLast();
          };

      // When
      try (var server = LocalServer.start(binaries.directory(), folder, takenFirst)) {

        // Then
        assertThat(tried).hasSizeGreaterThan(1);
        assertThat(Files.readString(server.kubeconfig()))
            .contains("https://127.0.0.1:" + tried.getLast());
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
