package dev.lambdaconfig.cli.export.template;

import dev.lambdaconfig.cli.export.manifest.FieldSelection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The selection of the functions of a state to export, and of their fields.
 *
 * @param fields the fields
 * @param regions the Regions, or none for all
 * @param account the account, or null for all
 * @param inClear whether environment variables are written in clear
 */
public record TerraformSelection(
    FieldSelection fields, List<String> regions, @Nullable String account, boolean inClear) {

  /** Creates it with a copy of the Regions. */
  public TerraformSelection {
    regions = List.copyOf(regions);
  }

  /** The reason why a function is not exported, or null if it is. */
  @Nullable String problem(TerraformInstance function) {
    if (!regions.isEmpty() && (function.region() == null || !regions.contains(function.region()))) {
      return "%s is skipped: it is of %s, and --region is %s"
          .formatted(
              function.address(),
              function.region() == null ? "a Region that is not known" : function.region(),
              String.join(",", regions));
    }
    if (account != null && !account.equals(function.account())) {
      return "%s is skipped: it is of %s, and --account is %s"
          .formatted(
              function.address(),
              function.account() == null
                  ? "an account that is not known"
                  : "account " + function.account(),
              account);
    }
    return null;
  }
}
