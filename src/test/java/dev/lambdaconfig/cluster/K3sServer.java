package dev.lambdaconfig.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** A k3s container of Testcontainers, whose reaper removes it when the JVM is killed. */
final class K3sServer implements RunningServer {

  // The minor release that go.mod pins. Unlike the bare API server it runs controllers too.
  static final String IMAGE = "rancher/k3s:v1.34.1-k3s1";

  // Without the pull of the image.
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final K3sContainer container;
  private final Path kubeconfig;

  private K3sServer(K3sContainer container, Path kubeconfig) {
    this.container = container;
    this.kubeconfig = kubeconfig;
  }

  static K3sServer start(Path folder) {
    try {
      // The constructor asks the engine for its address already.
      var container = new K3sContainer(DockerImageName.parse(IMAGE));
      try {
        container.withStartupTimeout(START_LIMIT).start();
        var kubeconfig =
            Files.writeString(folder.resolve("kubeconfig"), container.getKubeConfigYaml());
        return new K3sServer(container, kubeconfig);
      } catch (IOException | RuntimeException e) {
        container.stop();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      // No registry, no privileged containers, an engine of another kind: the later providers need
      // none of these.
      throw new ServerProviderChain.TryNextProvider(
          "an engine answers, but " + IMAGE + " failed: " + e, e);
    }
  }

  @Override
  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public void halt() {
    // Paused, not stopped: a stopped container comes back with another port.
    container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void resume() {
    container.getDockerClient().unpauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    container.stop();
  }
}
