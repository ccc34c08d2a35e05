package dev.lambdaconfig.cluster;

/** k3s in a container, wherever an engine answers. */
record DockerEngine(Surroundings surroundings) implements Rung {

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
  public Step attempt() {
    return switch (surroundings.docker().ping(surroundings)) {
      case DockerProbe.Answered(var host) ->
          new Step.Found(new Source.Engine("k3s in Docker at " + host));
      case DockerProbe.Silent(var reason) -> new Step.Missing(reason);
    };
  }
}
