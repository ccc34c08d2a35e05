package dev.lambdaconfig.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files with the names of the two programs, which do nothing. */
final class FakeBinaries {

  private FakeBinaries() {}

  static Path in(Path folder) throws IOException {
    for (var name : List.of(BinaryFolder.API_SERVER, BinaryFolder.ETCD)) {
      if (!Files.createFile(folder.resolve(name)).toFile().setExecutable(true)) {
        throw new IOException("cannot make " + name + " executable");
      }
    }
    return folder;
  }
}
