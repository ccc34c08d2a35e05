package dev.lambdaconfig.cluster;

/** Provides k3s in a container, if a container engine answers. */
record DockerEngine(HostEnvironment host) implements ServerProvider {

  @Override
  public String name() {
    return "Docker";
  }

  @Override
  public Speed speed() {
    return Speed.MINUTES;
  }

  @Override
  public String remedy() {
    return "start Docker (or another engine with its API; DOCKER_HOST is respected)";
  }

  @Override
  public ProviderResult attempt() {
    return switch (host.docker().ping(host)) {
      case DockerProbe.Answered(var host) ->
          new ProviderResult.Found(new Source.Engine("k3s in Docker at " + host));
      case DockerProbe.Silent(var reason) -> new ProviderResult.Missing(reason);
    };
  }
}
