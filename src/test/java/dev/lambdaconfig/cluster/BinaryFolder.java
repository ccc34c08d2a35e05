package dev.lambdaconfig.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A folder with both programs, etcd and kube-apiserver. */
final class BinaryFolder {

  static final String API_SERVER = "kube-apiserver";
  static final String ETCD = "etcd";

  private BinaryFolder() {}

  /** The reason for which the folder is not usable, or empty. */
  static Optional<String> lacks(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.of(folder + " is not a folder");
    }
    return List.of(API_SERVER, ETCD).stream()
        .filter(
            name ->
                !Files.isRegularFile(folder.resolve(name))
                    || !Files.isExecutable(folder.resolve(name)))
        .findFirst()
        .map(name -> "no executable " + name + " in " + folder);
  }
}
