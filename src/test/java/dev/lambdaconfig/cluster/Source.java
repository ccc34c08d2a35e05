package dev.lambdaconfig.cluster;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** The source of a server. */
public sealed interface Source {

  /** The provider and the place, for people. */
  String origin();

  /** A running cluster that the developer named; it is neither started nor stopped. */
  record Given(Path kubeconfig, String origin) implements Source {
    public Given {
      requireNonNull(kubeconfig);
      requireNonNull(origin);
    }
  }

  /** A directory that holds {@code kube-apiserver} and {@code etcd}. */
  record Binaries(Path directory, String origin) implements Source {
    public Binaries {
      requireNonNull(directory);
      requireNonNull(origin);
    }
  }

  /** A container engine that answered. */
  record Engine(String origin) implements Source {
    public Engine {
      requireNonNull(origin);
    }
  }
}
