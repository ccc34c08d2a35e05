package dev.lambdaconfig.cluster;

import java.nio.file.Path;

/**
 * Provides the binaries of {@code KUBEBUILDER_ASSETS}, the variable of controller-runtime's envtest
 * and of {@code setup-envtest}.
 */
record GivenBinaries(HostEnvironment host) implements ServerProvider {

  static final String VARIABLE = "KUBEBUILDER_ASSETS";

  @Override
  public String name() {
    return "given binaries";
  }

  @Override
  public Speed speed() {
    return Speed.SECONDS_ONLY;
  }

  @Override
  public String remedy() {
    return "set "
        + VARIABLE
        + " to a folder with kube-apiserver and etcd (`setup-envtest use -p path` prints one)";
  }

  @Override
  public ProviderResult attempt() {
    var value = host.variable(VARIABLE);
    if (value.isEmpty()) {
      return new ProviderResult.Missing(VARIABLE + " is not set");
    }
    var setting = VARIABLE + "=" + value.get();
    var folder = Path.of(value.get()).toAbsolutePath();
    return BinaryFolder.lacks(folder)
        .<ProviderResult>map(lack -> new ProviderResult.Misconfigured(setting + ": " + lack))
        .orElseGet(
            () ->
                new ProviderResult.Found(
                    new Source.Binaries(folder, "binaries given by " + setting)));
  }
}
