package dev.lambdaconfig.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A role in each of some accounts, which may do everything there and which one ServiceAccount of a
 * cluster may assume: {@code account-00} that of the first account, and so on.
 */
public final class AccountRoles {

  /** The audience that the providers of the accounts accept. */
  private static final String AUDIENCE = "sts.amazonaws.com";

  private AccountRoles() {}

  /** The ARN of the role of an account. */
  public static String arn(String account) {
    return "arn:aws:iam::" + account + ":role/functions";
  }

  /** The name of the ServiceAccount that may assume the role of an account, by its number. */
  public static String serviceAccount(int number) {
    return String.format("account-%02d", number);
  }

  /** The file in which a document of the cluster's issuer is kept, by the document's path. */
  public static Path document(Path folder, String path) {
    return folder.resolve(path.substring(path.lastIndexOf('/') + 1) + ".json");
  }

  /**
   * Creates them.
   *
   * @param folder what the issuer of the ServiceAccounts' tokens serves, by {@link #document}
   */
  static void create(SimulatedIam iam, List<String> accounts, String namespace, Path folder) {
    for (int number = 0; number < accounts.size(); number++) {
      String account = accounts.get(number);
      iam.createProvider(account, Set.of(AUDIENCE), path -> read(document(folder, path)));
      iam.role(arn(account)).trusts(namespace, serviceAccount(number)).allows("lambda:*", "*");
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
