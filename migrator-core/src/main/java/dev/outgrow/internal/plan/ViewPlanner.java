package dev.outgrow.internal.plan;

import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.blueprint.ViewBlueprint;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sql.query.ViewTranslator;
import dev.outgrow.internal.sqlite.catalog.SqliteView;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The views, as statements in an order in which they can be made. */
final class ViewPlanner {
    private final TargetNames names;
    private final NameCase letters;
    private final NoticeBook notices;

    ViewPlanner(TargetNames names, NameCase letters, NoticeBook notices) {
        this.names = names;
        this.letters = letters;
        this.notices = notices;
    }

    List<ViewBlueprint> plan(Collection<PlannedColumns> tables, List<SqliteView> views) {
        List<SqliteView> wanted = new ArrayList<>();
        for (SqliteView view : views) {
            if (notices.leftOut(id(view)).isPresent()) {
                loss(view, notices.leftOut(id(view)).get());
            } else if (!names.take(letters.of(view))) {
                loss(view, "PostgreSQL cannot have its name beside those of the tables");
            } else {
                wanted.add(view);
            }
        }
        List<Relation> relations =
                tables.stream().map(PlannedColumns::relationOfViews).toList();
        List<ViewBlueprint> planned = new ArrayList<>();
        for (ViewTranslator.Result result : ViewTranslator.translate(relations, wanted, letters::of)) {
            if (result instanceof ViewTranslator.Translated translated) {
                String name = translated.relation().targetName();
                planned.add(new ViewBlueprint(
                        translated,
                        new Statement("view:" + name, translated.create(), Optional.of(id(translated.view())))));
            } else if (result instanceof ViewTranslator.Untranslatable untranslatable) {
                loss(untranslatable.view(), untranslatable.why());
            }
        }
        return planned;
    }

    private void loss(SqliteView view, String why) {
        notices.add(NoticeDraft.loss(id(view), "View " + view.name() + " does not arrive: " + why + ".")
                .because("Views that do not arrive: " + why + ".")
                .acceptedTo("Go without, and make by hand afterwards what the app needs."));
    }

    private static String id(SqliteView view) {
        return NoticeKind.VIEW.id(view.name());
    }
}
