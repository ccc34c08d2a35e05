package dev.lambdaconfig.cluster;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Provides a cluster that the developer names; it never takes the current one of {@code
 * ~/.kube/config} by itself.
 */
record GivenCluster(HostEnvironment host) implements ServerProvider {

  static final String VARIABLE = "TEST_KUBECONFIG";
  static final String PROPERTY = "test.kubeconfig";

  @Override
  public String name() {
    return "given cluster";
  }

  @Override
  public Speed speed() {
    return Speed.SECONDS_ONLY;
  }

  @Override
  public String remedy() {
    return "set "
        + VARIABLE
        + " to the kubeconfig of a throw-away cluster (kind, k3d, minikube) on which you are admin";
  }

  @Override
  public ProviderResult attempt() {
    var property = host.property(PROPERTY);
    var value = property.or(() -> host.variable(VARIABLE));
    if (value.isEmpty()) {
      return new ProviderResult.Missing("neither " + VARIABLE + " nor -D" + PROPERTY + " is set");
    }
    var setting = (property.isPresent() ? "-D" + PROPERTY : VARIABLE) + "=" + value.get();
    var kubeconfig = Path.of(value.get());
    return Files.isReadable(kubeconfig) && Files.isRegularFile(kubeconfig)
        ? new ProviderResult.Found(
            new Source.Given(kubeconfig.toAbsolutePath(), "given by " + setting))
        : new ProviderResult.Misconfigured(setting + " names no readable file");
  }
}
