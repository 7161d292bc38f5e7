// Generated from docs/openapi.json, shape 1cae65ba508198b374ac1277c6f5574c557a25303b55e5a2ba05112be953ad37; `npm run types` writes it anew.
export interface paths {
    "/api/v1/admin/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Wo jede Regel steht
         * @description The worst first, each with its explanation and ticket; and what was told lately.
         */
        get: operations["list_alerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/alerts/{rule}/silence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Eine Regel stumm schalten
         * @description It goes on being evaluated and opens its ticket; nobody is told.
         */
        post: operations["silence_alert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/alerts/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Verlauf der Alarme
         * @description Newest first.
         */
        get: operations["list_alert_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/alerts/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Alle Regeln jetzt bewerten
         * @description What the job does every quarter of an hour; with `dry_run` nothing changes, and what would follow is said. Without, operator only.
         */
        post: operations["run_alerts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Protokoll
         * @description Newest first; `before` is the smallest `seq` already seen.
         */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Arten von Einträgen
         * @description What can be looked for.
         */
        get: operations["list_actions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Protokoll nachprüfen
         * @description Reads every row; names the first that was edited, deleted, inserted or moved, and a tail that is missing.
         */
        get: operations["verify_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Wer worin einwilligt
         * @description People by pseudonym, the latest first, and what was not stored in the last thirty days.
         */
        get: operations["list_consents"];
        put?: never;
        /**
         * Eine Einwilligung oder einen Widerruf eintragen
         * @description For what a person said on paper or at the telephone. It holds at once.
         */
        post: operations["record_consent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/consents/{subject_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Die Einwilligungen einer Person
         * @description What holds, and all that was said.
         */
        get: operations["get_consent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/consents/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Verlauf aller Einwilligungen
         * @description In the order in which it came, newest first.
         */
        get: operations["list_consent_log"];
        put?: never;
        /**
         * Die Seite consent_log.md schreiben
         * @description Below the journal, with pseudonyms only; it is written every hour besides.
         */
        post: operations["write_consent_log"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gespräche
         * @description Pseudonymised, the latest first; reviewers see those whose authors agree to their being looked at.
         */
        get: operations["list_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ein Gespräch
         * @description All that was said, in order; to reviewers what they are not to look at is not there.
         */
        get: operations["get_conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/conversations/{conversation_id}/turns/{seq}/sentiment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Den Ton eines Beitrags angeben
         * @description In place of an earlier label; from 200 labels on they teach the site's own model.
         */
        put: operations["label_turn"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/conversations/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gespräche durchsuchen
         * @description Passages of redacted conversations, best first.
         */
        get: operations["search_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Löschverzeichnis
         * @description Newest first, a page at a time.
         */
        get: operations["list_erasures"];
        put?: never;
        /**
         * Eine Person löschen
         * @description A job that leaves nothing of them and ends with a receipt; it cannot be undone.
         */
        post: operations["erase_subject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/erasures/{erasure_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Löschbeleg
         * @description What went where, when, what stays and why.
         */
        get: operations["get_erasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/erasures/{erasure_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Eine Löschung noch einmal versuchen
         * @description For one that failed, was cancelled or has stopped; it goes on where it was.
         */
        post: operations["retry_erasure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Wissenslücken
         * @description Clusters of weakly answered questions, the weightiest first.
         */
        get: operations["list_gaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/gaps/{gap_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Eine Wissenslücke mit ihren Fragen
         * @description The weakest first; what people asked is for the operator alone.
         */
        get: operations["get_gap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Zustand aller Dienste
         * @description 200 also when degraded, 503 when something failed.
         */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/item/{item_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Dokument löschen
         * @description Removes rows, file and points.
         */
        delete: operations["delete_item"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Alle Dokumente
         * @description Filtered, ordered, a page at a time.
         */
        get: operations["list_all_items"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/items/{item_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ein Dokument mit seinen Fassungen
         * @description Versions newest first.
         */
        get: operations["get_any_item"];
        put?: never;
        post?: never;
        /**
         * Dokument löschen
         * @description Removes rows, file and points.
         */
        delete: operations["delete_any_item"];
        options?: never;
        head?: never;
        /**
         * Titel, Schlagworte oder Art ändern
         * @description A field left out stays as it is.
         */
        patch: operations["change_item"];
        trace?: never;
    };
    "/api/v1/admin/items/{item_id}/chunks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Die Passagen einer Fassung
         * @description In reading order; without `version` those of the current one.
         */
        get: operations["list_chunks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/items/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dasselbe mit mehreren Dokumenten
         * @description Those that fail are named, the others are done.
         */
        post: operations["change_items"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ausgegebene Token
         * @description Newest first.
         */
        get: operations["list_keys"];
        put?: never;
        /**
         * Token ausgeben
         * @description The token is shown once. With another role than the person had, their older tokens are withdrawn and they are signed out.
         */
        post: operations["issue_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/keys/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Token zurückziehen
         * @description It is refused from now on, and whoever signed in with it is signed out.
         */
        delete: operations["revoke_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/kpis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Alle Kennzahlen der letzten Tage
         * @description With bounds, and what they were in as many days before.
         */
        get: operations["list_kpis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/kpis/{kpi}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Eine Kennzahl im Verlauf
         * @description By local day, by part (document kind, model, prompt, channel), and whether the days are out of control.
         */
        get: operations["get_kpi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/kpis/{kpi}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Eine Kennzahl als CSV
         * @description A line a local day: value, cases, bounds.
         */
        get: operations["export_kpi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/kpis/measure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Kennzahlen jetzt messen
         * @description What is due, or with `from` and `to` a span anew, as far back as rows are kept.
         */
        post: operations["measure_kpis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/learning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lernprotokoll
         * @description What was learned, from how many pseudonyms, with which effect; newest first.
         */
        get: operations["get_learning"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/learning/{entry_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ein Eintrag des Lernprotokolls
         * @description With its passages, their counts, and what was measured.
         */
        get: operations["get_learned"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/learning/{entry_id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Über ein Wortpaar entscheiden
         * @description An approved pair widens questions as the vocabulary does, while enough people bear it out.
         */
        post: operations["decide_learned"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/learning/{entry_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gelerntes zurücknehmen
         * @description A release gives way to the one before it, and learning stops; a topic or pair of words no longer counts. 409 if not in force.
         */
        post: operations["undo_learned"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/learning/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Eigene Fragen zum Messen
         * @description What a candidate is measured on beside the documents' headings and logged judgements.
         */
        get: operations["get_learning_questions"];
        /**
         * Eigene Fragen zum Messen ersetzen
         * @description Each with the places that answer it.
         */
        put: operations["put_learning_questions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/learning/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Jetzt lernen
         * @description Computes a candidate, measures it, and makes it live if it is worse nowhere. One that waits or runs is given instead of another.
         */
        post: operations["run_learning"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/learning/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lernen einschalten
         * @description Every night at the hour (Europe/Berlin).
         */
        post: operations["start_learning"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/learning/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lernen anhalten
         * @description What is live stays live.
         */
        post: operations["stop_learning"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/monitor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Wie es dem System gerade geht
         * @description Services, jobs, processor, memory, disk and graphics card; 200 also when something failed, `status` says so.
         */
        get: operations["get_monitor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/pipelines/vector-ingest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gespräche durchsuchbar machen
         * @description Those whose authors agree to analytics; one that waits or runs is not started again.
         */
        post: operations["run_vector_ingest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/prompts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prompt-Versionen
         * @description Newest first; the file's version, the base of all, comes last.
         */
        get: operations["list_prompts"];
        put?: never;
        /**
         * Prompt-Version anlegen
         * @description A draft; nobody is told by it before a trial. 409 when the name in it is taken.
         */
        post: operations["add_prompt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/prompts/{prompt}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Eine Prompt-Version
         * @description Its text, and how it compares while it is on trial.
         */
        get: operations["get_prompt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/prompts/{prompt}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prompt-Version für alle
         * @description First without `seal`: what was measured. Then with the seal that came back: live. 409 when the figures have changed meanwhile.
         */
        post: operations["promote_prompt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/prompts/{prompt}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prompt-Version zurücknehmen
         * @description At once: the live version gives way to the one it replaced, one on trial to none.
         */
        post: operations["roll_back_prompt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/prompts/{prompt}/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prompt-Version erproben
         * @description The same people or conversations take part throughout; one trial at a time.
         */
        post: operations["try_prompt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Wie nützlich Dokumente und Passagen sind
         * @description How often each is cited, and how the answers that cite it were judged.
         */
        get: operations["list_quality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/quotas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Was Personen belegen und belegen dürfen
         * @description Everybody who keeps something, those with the most bytes first; or the person that tokens are given out for by this name.
         */
        get: operations["list_quotas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reindex": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Index neu aufbauen
         * @description Nothing given: everything; `relearn` makes a new version of the analyser.
         */
        post: operations["reindex"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reports/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fortschritt nach Wochen
         * @description What the wheel did, how good it was and which way it goes, without anything that people said.
         */
        get: operations["get_progress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reports/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Die letzten sieben Tage
         * @description Beside the seven days before, and the one thing to do next.
         */
        get: operations["get_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Aufbewahrung
         * @description How long rows are kept, and how many are past it.
         */
        get: operations["get_retention"];
        put?: never;
        /**
         * Aufbewahrung jetzt anwenden
         * @description With `dry_run` only what would go is counted; else a job removes it.
         */
        post: operations["run_retention"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Antworten zur Durchsicht
         * @description The most urgent first; what was decided newest first.
         */
        get: operations["list_reviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reviews/{review_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ein Eintrag der Durchsicht
         * @description With the answer it is about.
         */
        get: operations["get_review"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reviews/{review_id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Einen Eintrag durchsehen
         * @description It is the caller's for a quarter of an hour; 409 while somebody else looks at it.
         */
        post: operations["claim_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reviews/{review_id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Über eine Antwort entscheiden
         * @description Accept, reject, correct or skip; a corrected answer and the one it replaces are a preference pair.
         */
        post: operations["decide_review"];
        /**
         * Eine Entscheidung zurücknehmen
         * @description The entry is open again; an answer that was published is withdrawn.
         */
        delete: operations["undo_review"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reviews/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Freigegebene Antworten ausgeben
         * @description Curated answers and preference pairs that may be learned from; a second, stricter look holds back what may be personal data.
         */
        get: operations["export_curated"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reviews/fill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Die Durchsicht jetzt füllen
         * @description The job that runs every hour. One that waits or runs is given instead of another.
         */
        post: operations["fill_reviews"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reviews/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Die nächste Antwort zur Durchsicht
         * @description It is the caller's for a quarter of an hour; others get another one.
         */
        post: operations["next_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Einstellungen in Kraft
         * @description Secrets are masked.
         */
        get: operations["list_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sicherungen
         * @description Those in the data folder, newest first.
         */
        get: operations["list_snapshots"];
        put?: never;
        /**
         * Sicherung anlegen
         * @description A job that saves database, files and on request the index while Nova goes on working.
         */
        post: operations["make_snapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/snapshots/{snapshot_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sicherung herunterladen
         * @description The file: a tar archive, or one inside an age file.
         */
        get: operations["get_snapshot"];
        put?: never;
        post?: never;
        /**
         * Sicherung löschen
         * @description The file and its record.
         */
        delete: operations["delete_snapshot"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/snapshots/{snapshot_id}/prove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sicherung zur Probe einspielen
         * @description A job that restores it into a throw-away folder and compares.
         */
        post: operations["prove_snapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/subjects/{subject_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Kennung einer Person berichtigen
         * @description Other systems know the person by another name from now on. Their tokens are withdrawn and they are signed out.
         */
        patch: operations["change_subject"];
        trace?: never;
    };
    "/api/v1/admin/subjects/{subject_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Auskunft über eine Person
         * @description As JSON, or as a ZIP with the person's documents.
         */
        get: operations["export_subject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/subjects/find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Eine Person finden
         * @description By pseudonym, external id or the id that a sender uses; in the body, so that no log holds it.
         */
        post: operations["find_subject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/thresholds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Schwellen der Kennzahlen
         * @description The text in force or a saved one, its rules, and who saved which.
         */
        get: operations["get_thresholds"];
        /**
         * Schwellen ersetzen
         * @description The whole text; 409 when it was changed since the version that was edited.
         */
        put: operations["put_thresholds"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/thresholds/backtest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Schwellen an der Vergangenheit prüfen
         * @description How often each rule would have fired, when and for how long; nothing changes.
         */
        post: operations["backtest_thresholds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tickets
         * @description The latest changed first, with how many there are by state.
         */
        get: operations["list_tickets"];
        put?: never;
        /**
         * Ein Ticket eröffnen
         * @description By hand; 409 where the gap has an open one.
         */
        post: operations["open_ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/tickets/{ticket_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ein Ticket
         * @description With history and alerts; the questions of its gap are for the operator alone.
         */
        get: operations["get_ticket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Ein Ticket ändern
         * @description State, owner, a comment; closing it as done measures the effect on its figure.
         */
        patch: operations["change_ticket"];
        trace?: never;
    };
    "/api/v1/admin/vault/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Den Tresorschlüssel wechseln
         * @description People's keys are wrapped anew; the texts stay as they are.
         */
        post: operations["rotate_vault"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/vocabulary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Eigener Wortschatz
         * @description The installation's own file; it adds to the shipped one.
         */
        get: operations["get_vocabulary"];
        /**
         * Eigenen Wortschatz ersetzen
         * @description Checked first; an unknown key is an error and nothing changes. 409 when it was changed since `version`.
         */
        put: operations["put_vocabulary"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/weigh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Einbettungsmodell messen
         * @description Measures on the documents' own headings, and on the questions given, how much the model's word should count; 409 without one.
         */
        post: operations["weigh_model"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messwerte oder Preise als Datei
         * @description CSV, German CSV, JSON or Parquet.
         */
        get: operations["export_data"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/facts/{fact_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Eine Zahl aus einer Antwort
         * @description The query behind `[data ID]`, its window, rows, value and chart.
         */
        get: operations["get_fact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/facts/{fact_id}/recompute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Eine Zahl nachrechnen
         * @description The same query on what is stored now; nothing changes.
         */
        post: operations["recompute_fact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/feeds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Datenquellen
         * @description What the settings make possible and what has been, with the last fault.
         */
        get: operations["list_feeds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/feeds/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Eine Datenquelle starten oder anhalten
         * @description It goes on where it stopped.
         */
        post: operations["switch_feed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Kennzahlen eines Zählers
         * @description Energy, peak, load factor, base load, costs, own use; at most 400 days.
         */
        get: operations["get_figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/forecasts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Vorhersage eines Zählers oder Preises
         * @description As it was served, with what came, both baselines and how the last 30 days went; at most 31 days.
         */
        get: operations["get_forecast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/forecasts/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fällige Vorhersagen jetzt rechnen
         * @description The job that runs every hour: it scores, trains and issues what is due. One that waits or runs is given instead of another.
         */
        post: operations["run_forecasts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/forecasts/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Was vorhergesagt wird, und wie gut
         * @description Prices and visible meters that have a model, with the scores of the last 30 days.
         */
        get: operations["list_forecasts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Was ein Wert vorher war
         * @description Every version of an interval's value, with the delivery it came in.
         */
        get: operations["get_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Datei mit Messwerten aufnehmen
         * @description The operator's rows are the company's, a customer's their own. All rows of a file are stored or none; the report tells of each.
         */
        post: operations["import_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Aufgenommene Dateien und Lieferungen
         * @description Newest first.
         */
        get: operations["list_imports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/imports/{batch_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Eine Lieferung mit ihrem Bericht
         * @description What was taken, changed and refused, and why.
         */
        get: operations["get_import"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/imports/{batch_id}/take-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Eine Lieferung zurücknehmen
         * @description What stood before its values stands again; what rested on them is marked and computed anew. For its sender and the operator.
         */
        post: operations["take_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Neue Werte, laufend
         * @description Server-sent events: the newest reading of each meter, how far prices reach and, for the operator, feeds.
         */
        get: operations["stream_data"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/market": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preise eines Produkts
         * @description At most 2,000 buckets; BASE and PEAK are derived from day-ahead where nobody delivers them.
         */
        get: operations["get_market"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/meters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Zähler des Unternehmens und eigene
         * @description With the newest reading and what is missing of the last seven days.
         */
        get: operations["list_meters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/meters/{meter_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ein Zähler mit seinen Lücken
         * @description Gaps of the last seven days.
         */
        get: operations["get_meter"];
        put?: never;
        post?: never;
        /**
         * Einen Zähler mit allen Messwerten löschen
         * @description Readings with their earlier versions, forecasts, schedules and recommendations go with it.
         */
        delete: operations["delete_meter"];
        options?: never;
        head?: never;
        /**
         * Einen Zähler ändern
         * @description Title, kind, owner, how long its readings are kept, and its facts: tariff, plant, place.
         */
        patch: operations["change_meter"];
        trace?: never;
    };
    "/api/v1/data/meters/{meter_id}/assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Wem ein Zähler gehört
         * @description Whose it was, is and will be; in between it is the company's.
         */
        get: operations["get_assignments"];
        /**
         * Einen Zähler zuordnen
         * @description Replaces all of them; a meter that nobody knows is made, an empty list makes it the company's. Readings belong to who has it then.
         */
        put: operations["assign_meter"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Handelbare Produkte
         * @description What is stored of markets, and BASE and PEAK where they can be derived.
         */
        get: operations["list_products"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Messwerte senden
         * @description A JSON list of rows, or CSV as a file would have it; the same again changes nothing.
         */
        post: operations["push_readings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Einen Fahrplan rechnen
         * @description The cheapest day of battery and loads, with what the day costs without it; kept on request.
         */
        post: operations["make_schedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Aufgehobene Fahrpläne
         * @description The company's and one's own, newest first.
         */
        get: operations["list_schedules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/schedules/{schedule_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ein aufgehobener Fahrplan
         * @description As it was computed, with its plant.
         */
        get: operations["get_schedule"];
        put?: never;
        post?: never;
        /**
         * Einen Fahrplan löschen
         * @description One's own; the operator any.
         */
        delete: operations["delete_schedule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Netzlast, Erzeugung, Wetter
         * @description At most 2,000 buckets of a signal such as `load_mw`.
         */
        get: operations["get_signals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data/smartmeter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lastgang eines Zählers
         * @description At most 2,000 buckets with least, mean and greatest power; the range's peak is always in them.
         */
        get: operations["get_smartmeter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ein Ereignis speichern
         * @description `user_id` is the caller's own. The same `event_id` again changes nothing.
         */
        post: operations["save_event"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bis zu 500 Ereignisse speichern
         * @description All or none; what was delivered before counts as a duplicate.
         */
        post: operations["save_event_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback/rag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Eine Antwort beurteilen
         * @description Texts are stored without personal data. A second judgement of the same answer replaces the first.
         */
        post: operations["save_answer_feedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/help/context": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Hilfe zu einer Seite
         * @description What the page is for, the steps, and questions that belong to it.
         */
        get: operations["get_help"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ingest/doc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Datei aufnehmen
         * @description The operator's documents are the company's, a customer's are their own. 409 names the document that holds the same content.
         */
        post: operations["ingest_doc"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ingest/url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adresse aufnehmen
         * @description Loads the address; changed content of a known address becomes a new version.
         */
        post: operations["ingest_url"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Dokumente des Unternehmens und eigene
         * @description Filtered, ordered, a page at a time.
         */
        get: operations["list_items"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{item_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ein Dokument mit seinen Fassungen
         * @description Versions newest first.
         */
        get: operations["get_item"];
        put?: never;
        post?: never;
        /**
         * Ein eigenes Dokument löschen
         * @description Customers may delete what is theirs, the operator everything.
         */
        delete: operations["delete_own_item"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{item_id}/versions/{version}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Originaldatei
         * @description As a download; `inline` shows a PDF in the browser, locked into a sandbox.
         */
        get: operations["get_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{item_id}/versions/{version}/pages/{number}.png": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * PDF-Seite als Bild
         * @description Rendered in a child process.
         */
        get: operations["get_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{item_id}/versions/{version}/pages/{number}/marks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fundstelle auf der Seite
         * @description Rectangles of the characters `start` to `end`, in fractions of the page.
         */
        get: operations["get_marks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{item_id}/versions/{version}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Text einer Fassung
         * @description At most 20,000 characters from `start`, with pages and the sections around.
         */
        get: operations["get_text"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Aufträge, neueste zuerst
         * @description Customers see their own, the operator all.
         */
        get: operations["list_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ein Auftrag
         * @description How it stands.
         */
        get: operations["get_job"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Auftrag abbrechen
         * @description A queued job ends at once, a running one at its next stage.
         */
        post: operations["cancel_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Auftrag noch einmal versuchen
         * @description For failed and cancelled jobs.
         */
        post: operations["retry_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Alles über mich löschen
         * @description The first call gives `confirm`; sent back within ten minutes, in the address, it starts the erasure, which nobody can undo.
         */
        delete: operations["erase_myself"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Eigene Einwilligungen
         * @description What holds for each purpose, the text, and all that was said.
         */
        get: operations["read_consent"];
        /**
         * Einwilligen oder widerrufen
         * @description It holds at once. Who withdraws `service` has no words stored here when the answer comes.
         */
        put: operations["change_consent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Alles, was über mich gespeichert ist
         * @description As JSON, or as a ZIP with one's own documents.
         */
        get: operations["get_own_data"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Eigene Texte berichtigen
         * @description Replaces a turn or a question of one's own; what was there before is gone.
         */
        patch: operations["correct_own_data"];
        trace?: never;
    };
    "/api/v1/me/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stand der eigenen Löschung
         * @description What has become of it while it is not done; afterwards there is nobody to ask.
         */
        get: operations["get_own_erasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/objection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Auswertung und Lernen widersprechen
         * @description Noted as a withdrawal of analytics and training; what was learned is computed again without one's words.
         */
        post: operations["object_to_use"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/quota": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Eigene Rechenzeit und eigener Platz
         * @description What is left of this minute's processor time, and how much of what may be kept is.
         */
        get: operations["get_own_quota"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/ingest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Aufnahme
         * @description Jobs, sizes and the last days.
         */
        get: operations["get_ingest_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Kennzahlen
         * @description Documents, questions, events and judgements.
         */
        get: operations["get_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rag/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Frühere Antworten
         * @description One's own, newest first; the operator sees all.
         */
        get: operations["list_own_answers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rag/answers/{answer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Eine frühere Antwort
         * @description With its evidence as it was.
         */
        get: operations["get_own_answer"];
        put?: never;
        post?: never;
        /**
         * Eine frühere Antwort löschen
         * @description It is gone from the history; judgements of it stay without it.
         */
        delete: operations["delete_own_answer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rag/ask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Luna fragen
         * @description Every sentence is checked against its source. When the documents do not answer, Luna says so.
         *
         *     A message that tells of an emergency (gas, power outage, fire, electricity, carbon monoxide, a burst pipe) is answered at once,
         *     before any search, line or question limit: with the number to ring and what to do, and with `emergency`; `no_emergency` searches.
         */
        post: operations["ask_luna"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rag/starters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fragen zum Anfangen
         * @description Made from the documents' own headings.
         */
        get: operations["get_starters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recommend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Passagen empfehlen
         * @description `user_id` is the caller's own. Only what they may see; one place in ten is drawn by lot, its chance logged where they agreed.
         */
        post: operations["recommend_passages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Empfehlungen
         * @description The most EUR first; without filters the three best that are open. Of each rule and meter only the newest day.
         */
        get: operations["list_recommendations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recommendations/{recommendation_id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Eine Empfehlung entscheiden
         * @description Take it, put it off or decline it with a reason; a later decision replaces an earlier one. The company's are the operator's.
         */
        post: operations["decide_recommendation"];
        /**
         * Eine Entscheidung zurücknehmen
         * @description It is open again, as long as its day is not over.
         */
        delete: operations["undo_decision"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recommendations/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Empfehlungen jetzt neu rechnen
         * @description The job that runs every six hours. One that waits or runs is given instead of another.
         */
        post: operations["run_recommendations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/service/reidentify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ein Kennzeichen öffnen
         * @description Every attempt is noted in the audit log with its reason, never the value; 409 where several persons share it.
         */
        post: operations["open_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Wer ist angemeldet?
         * @description The signed-in person; with a key or token instead of a cookie `csrf` is empty.
         */
        get: operations["read_session"];
        put?: never;
        /**
         * Mit Betriebsschlüssel oder Token anmelden
         * @description Sets the session cookie; `csrf` goes into `X-CSRF-Token` of every unsafe request.
         */
        post: operations["create_session"];
        /**
         * Abmelden
         * @description Ends the session of the cookie.
         */
        delete: operations["delete_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stand des Simulators
         * @description Whether it runs, and how far it has come.
         */
        get: operations["get_simulator"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sim/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Den Simulator starten oder anhalten
         * @description Its meters, prices and signals are marked as simulated.
         */
        post: operations["run_simulator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Aufträge und Zustand, laufend
         * @description Server-sent events: `job` (a job, at first the newest and open ones) and, for the operator, `health`.
         */
        get: operations["stream_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Was hier läuft
         * @description Versions, models and limits; open, so that a health check can ask.
         */
        get: operations["get_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lebt der Dienst?
         * @description Says only that requests are answered.
         */
        get: operations["get_liveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hook/sophia-session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ein Gespräch liefern
         * @description Signed, any part in any order, as often as it takes: 200 comes after the commit. Without the person's consent no word is stored.
         */
        post: operations["take_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Zahlen für Prometheus
         * @description Open where only this machine can reach Nova, else for the operator and NOVA_METRICS_KEY.
         */
        get: operations["get_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Chat (OpenAI)
         * @description Answers the last message of the user; citations stand in the text as `[1]` and in the extra field `citations`.
         *
         *     One that tells of an emergency is answered at once with the number to ring and what to do, however long it is.
         */
        post: operations["complete_chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Models (OpenAI)
         * @description One model: `luna`.
         */
        get: operations["list_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Action
         * @description Whose ticket follows (`auto`: triage chooses), and which channels are told.
         */
        Action: {
            /** Channels */
            channels: ("log" | "mail" | "webhook")[];
            /**
             * Ticket
             * @enum {string}
             */
            ticket: "auto" | "lumina" | "orion" | "aura" | "chronos" | "none";
        };
        /**
         * ActionList
         * @description Every kind of action that was ever noted.
         */
        ActionList: {
            /** Actions */
            actions: string[];
        };
        /**
         * AlertData
         * @description Where a rule stands; `episode_id` while an alert is on, `silent_until` while nobody is told.
         */
        AlertData: {
            /** Episode Id */
            episode_id: string | null;
            /**
             * Evaluated At
             * Format: date-time
             */
            evaluated_at: string;
            explanation: components["schemas"]["Explanation"];
            /**
             * Level
             * @enum {string}
             */
            level: "" | "warn" | "critical";
            /** Opened At */
            opened_at: string | null;
            /** Rule */
            rule: string;
            /** Silent Until */
            silent_until: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "ok" | "pending" | "warn" | "critical" | "clearing" | "no_data";
            /** State Text */
            state_text: string;
            /** Ticket */
            ticket: number | null;
            /** Ticket Id */
            ticket_id: string | null;
            /** Worst */
            worst: ("warn" | "critical") | null;
        };
        /**
         * AlertList
         * @description Every rule that was evaluated, the worst first; the newest messages; which channels are set up.
         */
        AlertList: {
            /** Alerts */
            alerts: components["schemas"]["AlertData"][];
            /** Channels */
            channels: ("log" | "mail" | "webhook")[];
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /** Notices */
            notices: components["schemas"]["NoticeData"][];
        };
        /**
         * Alive
         * @description Requests are answered.
         */
        Alive: {
            /**
             * Alive
             * @constant
             */
            alive: true;
        };
        /**
         * AnswerData
         * @description An answer; with an `emergency` its sentences say what to do and rest on no source.
         *
         *     `answer` carries a `[chunk <ID>]` or `[data <ID>]` token after each supported sentence.
         */
        AnswerData: {
            /** Answer */
            answer: string;
            /**
             * Answer Id
             * Format: uuid
             */
            answer_id: string;
            /** Chunks Used */
            chunks_used: string[];
            /** Citations */
            citations: components["schemas"]["CitationData"][];
            /** Conversation Id */
            conversation_id: string | null;
            emergency: components["schemas"]["EmergencyData"] | null;
            /** Facts */
            facts: components["schemas"]["FactData"][];
            /** Model */
            model: string;
            /** Next Question */
            next_question: string | null;
            /** Prompt Version */
            prompt_version: string;
            /** Sentences */
            sentences: components["schemas"]["SentenceData"][];
            /**
             * Status
             * @enum {string}
             */
            status: "answered" | "partial" | "refused";
            /** Timings Ms */
            timings_ms: {
                [key: string]: number;
            };
        };
        /**
         * AnswerList
         * @description Newest first; pass `next_before` as `before` for the next page.
         */
        AnswerList: {
            /** Answers */
            answers: components["schemas"]["AnswerSummary"][];
            /** Next Before */
            next_before: string | null;
        };
        /**
         * AnswerRecord
         * @description An answer as it was kept: the question redacted, with evidence, versions and timings.
         */
        AnswerRecord: {
            /** Analyser */
            analyser: string;
            /** Answer */
            answer: string;
            /**
             * Answer Id
             * Format: uuid
             */
            answer_id: string;
            /** As Of */
            as_of: string | null;
            /** Citations */
            citations: {
                [key: string]: unknown;
            }[];
            emergency: components["schemas"]["EmergencyData"] | null;
            /** Facts */
            facts: components["schemas"]["FactData"][];
            /** Model */
            model: string;
            /** Passages */
            passages: {
                [key: string]: unknown;
            }[];
            /** Prompt Version */
            prompt_version: string;
            /** Question */
            question: string;
            /** Status */
            status: string;
            /** Timings Ms */
            timings_ms: {
                [key: string]: unknown;
            };
            /**
             * Ts
             * Format: date-time
             */
            ts: string;
        };
        /**
         * AnswerSummary
         * @description A line of the history.
         */
        AnswerSummary: {
            /** Answer */
            answer: string;
            /**
             * Answer Id
             * Format: uuid
             */
            answer_id: string;
            /** Question */
            question: string;
            /** Status */
            status: string;
            /**
             * Ts
             * Format: date-time
             */
            ts: string;
        };
        /**
         * AskRequest
         * @description A question to Luna.
         */
        AskRequest: {
            /**
             * As Of
             * @description Answer from what was valid at this moment or on this day.
             */
            as_of?: string | null;
            /**
             * Conversation Id
             * @description Goes on with a conversation; without it each question begins one.
             */
            conversation_id?: string | null;
            /** @default {} */
            filters?: components["schemas"]["Filters"];
            /**
             * No Emergency
             * @description Nobody is in danger, whatever the message sounds like: search.
             * @default false
             */
            no_emergency?: boolean;
            /** Question */
            question: string;
            /**
             * Stream
             * @description As server-sent events: status, passages, sentence, final, error.
             * @default false
             */
            stream?: boolean;
            /**
             * Top K
             * @default 6
             */
            top_k?: number;
        };
        /**
         * AssignmentData
         * @description Whose a meter is and when; `to` null: until further notice.
         */
        AssignmentData: {
            /**
             * Assigned At
             * Format: date-time
             */
            assigned_at: string;
            /** Customer */
            customer: string;
            /**
             * From
             * Format: date-time
             */
            from: string;
            /** To */
            to: string | null;
        };
        /**
         * AssignmentGiven
         * @description A meter is a customer's from a day or moment on, up to another (excluded).
         */
        AssignmentGiven: {
            /** Customer */
            customer: string;
            /**
             * From
             * @description A day is Berlin's; null: from the beginning.
             */
            from?: string | null;
            /**
             * To
             * @description Excluded; null: until further notice.
             */
            to?: string | null;
        };
        /**
         * AssignmentList
         * @description Whose a meter was, is and will be, in order of time; in between it is the company's.
         */
        AssignmentList: {
            /** Assignments */
            assignments: components["schemas"]["AssignmentData"][];
            /** Meter Id */
            meter_id: string;
        };
        /**
         * Assignments
         * @description All of a meter, in any order; an empty list makes it the company's.
         */
        Assignments: components["schemas"]["AssignmentGiven"][];
        /**
         * AuditEntry
         * @description Who did what to which thing.
         */
        AuditEntry: {
            /** Action */
            action: string;
            /** Actor */
            actor: string;
            /** Facts */
            facts: {
                [key: string]: unknown;
            };
            /** Seq */
            seq: number;
            /** Target */
            target: string;
            /**
             * Ts
             * Format: date-time
             */
            ts: string;
        };
        /**
         * AuditFlaw
         * @description Something that is not as it was sealed: the row, or the first one that it may be.
         */
        AuditFlaw: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "row_edited" | "row_deleted" | "row_inserted" | "row_reordered" | "seal_edited" | "seal_deleted" | "truncated" | "rewritten" | "anchor_unreadable";
            /** Seal Id */
            seal_id: number | null;
            /** Seq */
            seq: number;
            /** Text */
            text: string;
        };
        /**
         * AuditGap
         * @description Numbers that no row has. `sealed`: they were missing already when their stretch was sealed.
         */
        AuditGap: {
            /** First */
            first: number;
            /** Last */
            last: number;
            /** Sealed */
            sealed: boolean;
        };
        /**
         * AuditList
         * @description Newest first.
         */
        AuditList: {
            /** Entries */
            entries: components["schemas"]["AuditEntry"][];
        };
        /**
         * AuditVerdict
         * @description What looking through the whole log gave; `unsealed` rows came after the newest seal, at most about a minute ago.
         */
        AuditVerdict: {
            /** Anchored At */
            anchored_at: string | null;
            /**
             * Anchors
             * @description How many heads were written down outside the database.
             */
            anchors: number;
            first: components["schemas"]["AuditFlaw"] | null;
            /**
             * Flaws
             * @description The first hundred.
             */
            flaws: components["schemas"]["AuditFlaw"][];
            /**
             * Gapless Since
             * @description From this row on every number has its row; one that has none is a flaw.
             */
            gapless_since: number | null;
            /**
             * Gaps
             * @description The latest hundred stretches of such numbers.
             */
            gaps: components["schemas"]["AuditGap"][];
            /** Head */
            head: string;
            /**
             * Missing
             * @description How many numbers no row has: before `gapless_since` changes that failed or rows deleted unsealed.
             */
            missing: number;
            /** Ok */
            ok: boolean;
            /**
             * Restored
             * @description When a snapshot came in the log's place.
             */
            restored: string[];
            /** Rows */
            rows: number;
            /** Sealed */
            sealed: number;
            /** Sealed At */
            sealed_at: string | null;
            /** Seals */
            seals: number;
            /** Seconds */
            seconds: number;
            /** Unsealed */
            unsealed: number;
        };
        /**
         * BacktestData
         * @description Hour by hour over [from, to].
         */
        BacktestData: {
            /** Rules */
            rules: components["schemas"]["BacktestRule"][];
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /**
             * Until
             * Format: date-time
             */
            until: string;
        };
        /**
         * BacktestRequest
         * @description Which text (without: the one in force) and which rule (without: all), over how many days.
         */
        BacktestRequest: {
            /**
             * Days
             * @default 30
             */
            days?: number;
            /** Rule */
            rule?: string | null;
            /** Text */
            text?: string | null;
        };
        /**
         * BacktestRule
         * @description What a rule would have done; `blind` evaluations had too few cases.
         */
        BacktestRule: {
            /** Blind */
            blind: number;
            /** Critical */
            critical: number;
            /** Evaluations */
            evaluations: number;
            /** Fired */
            fired: number;
            /** Firings */
            firings: components["schemas"]["FiringData"][];
            /** Hours */
            hours: number;
            /** Kpi */
            kpi: string;
            /** Rule */
            rule: string;
            /** Sentence */
            sentence: string;
        };
        /**
         * BaseData
         * @description The load that cannot wait: one mean power, or 96, one for each quarter-hour of the local clock.
         */
        BaseData: {
            /** Kw */
            kw: number[];
        };
        /**
         * BatteryData
         * @description A battery; efficiencies are one-way, states of charge shares 0 to 1, `cycle_eur_kwh` the wear of a discharged kWh.
         *
         *     Without `soc_end` it ends as it began, so that what it held before is no gain.
         */
        BatteryData: {
            /** Capacity Kwh */
            capacity_kwh: number;
            /** Charge Efficiency */
            charge_efficiency?: number | null;
            /** Charge Kw */
            charge_kw: number;
            /** Cycle Eur Kwh */
            cycle_eur_kwh?: number | null;
            /** Discharge Efficiency */
            discharge_efficiency?: number | null;
            /** Discharge Kw */
            discharge_kw: number;
            /** End Penalty Eur Kwh */
            end_penalty_eur_kwh?: number | null;
            /** Soc End */
            soc_end?: number | null;
            /** Soc Max */
            soc_max?: number | null;
            /** Soc Min */
            soc_min?: number | null;
            /** Soc Start */
            soc_start?: number | null;
        };
        /**
         * BudgetData
         * @description Seconds of processor time a minute for costly work, what is left of them, and the seconds to wait where nothing is.
         */
        BudgetData: {
            /** Left */
            left: number;
            /** Seconds */
            seconds: number;
            /** Wait */
            wait: number;
        };
        /**
         * BulkDone
         * @description How many were done, and which were not.
         */
        BulkDone: {
            /** Done */
            done: number;
            /** Failed */
            failed: components["schemas"]["BulkFailure"][];
            /** Job Id */
            job_id?: string | null;
        };
        /**
         * BulkFailure
         * @description A document it did not work for.
         */
        BulkFailure: {
            /**
             * Item Id
             * Format: uuid
             */
            item_id: string;
            /** Message */
            message: string;
        };
        /**
         * BulkRequest
         * @description The same for several documents; `tag` belongs to the actions tag and untag.
         */
        BulkRequest: {
            /**
             * Action
             * @enum {string}
             */
            action: "delete" | "tag" | "untag" | "reindex";
            /** Item Ids */
            item_ids: string[];
            /** Tag */
            tag?: string | null;
        };
        /**
         * ChangeData
         * @description A change of a rule's state, with the figures behind it.
         */
        ChangeData: {
            /** After */
            after: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Before */
            before: string;
            /**
             * Change Id
             * Format: uuid
             */
            change_id: string;
            /** Episode Id */
            episode_id: string | null;
            /** Event */
            event: string;
            /** Event Text */
            event_text: string;
            /** Facts */
            facts: {
                [key: string]: unknown;
            };
            /** N */
            n: number;
            /** Rule */
            rule: string;
            /** Value */
            value: number | null;
        };
        /**
         * ChangeList
         * @description Newest first.
         */
        ChangeList: {
            /** Changes */
            changes: components["schemas"]["ChangeData"][];
            /** Total */
            total: number;
        };
        /**
         * ChatAnswer
         * @description Luna's message.
         */
        ChatAnswer: {
            /** Content */
            content: string;
            /**
             * Role
             * @constant
             */
            role: "assistant";
        };
        /**
         * ChatChoice
         * @description The one choice there is.
         */
        ChatChoice: {
            /**
             * Finish Reason
             * @constant
             */
            finish_reason: "stop";
            /** Index */
            index: number;
            /** Logprobs */
            logprobs: null;
            message: components["schemas"]["ChatAnswer"];
        };
        /**
         * ChatCompletion
         * @description A whole answer; `citations` is Nova's own field.
         */
        ChatCompletion: {
            /** Choices */
            choices: components["schemas"]["ChatChoice"][];
            /** Citations */
            citations: components["schemas"]["CitationData"][];
            /** Created */
            created: number;
            /** Id */
            id: string;
            /** Model */
            model: string;
            /**
             * Object
             * @constant
             */
            object: "chat.completion";
            usage: components["schemas"]["ChatUsage"];
        };
        /**
         * ChatMessageIn
         * @description One message; only text is read.
         */
        ChatMessageIn: {
            /** Content */
            content?: string | {
                [key: string]: unknown;
            }[] | null;
            /**
             * Role
             * @enum {string}
             */
            role: "system" | "developer" | "user" | "assistant" | "tool";
        };
        /**
         * ChatModel
         * @description A model that can be asked.
         */
        ChatModel: {
            /** Created */
            created: number;
            /** Id */
            id: string;
            /**
             * Object
             * @constant
             */
            object: "model";
            /** Owned By */
            owned_by: string;
        };
        /**
         * ChatModels
         * @description All models.
         */
        ChatModels: {
            /** Data */
            data: components["schemas"]["ChatModel"][];
            /**
             * Object
             * @constant
             */
            object: "list";
        };
        /**
         * ChatRequest
         * @description The OpenAI request; fields Nova has no use for are ignored.
         */
        ChatRequest: {
            /** Messages */
            messages: components["schemas"]["ChatMessageIn"][];
            /**
             * Model
             * @default luna
             */
            model?: string;
            /**
             * Stream
             * @default false
             */
            stream?: boolean;
        };
        /**
         * ChatUsage
         * @description Tokens; Nova does not count them.
         */
        ChatUsage: {
            /** Completion Tokens */
            completion_tokens: number;
            /** Prompt Tokens */
            prompt_tokens: number;
            /** Total Tokens */
            total_tokens: number;
        };
        /**
         * Check
         * @description Something that could be wrong with this installation.
         */
        Check: {
            /** Detail */
            detail: string;
            /** Name */
            name: string;
            /**
             * Status
             * @enum {string}
             */
            status: "ok" | "degraded" | "failed" | "absent";
        };
        /**
         * ChunkData
         * @description A passage and where it stands.
         */
        ChunkData: {
            /**
             * Chunk Id
             * Format: uuid
             */
            chunk_id: string;
            /** End */
            end: number;
            /** Idx */
            idx: number;
            /** Page */
            page: number | null;
            /** Path */
            path: string[];
            /** Section */
            section: string;
            /** Start */
            start: number;
            /** Text */
            text: string;
        };
        /**
         * ChunkList
         * @description One page in reading order.
         */
        ChunkList: {
            /** Chunks */
            chunks: components["schemas"]["ChunkData"][];
            /** Total */
            total: number;
        };
        /**
         * CitationData
         * @description Evidence: `quote` is the stored text from `start` to `end`.
         */
        CitationData: {
            /**
             * Chunk Id
             * Format: uuid
             */
            chunk_id: string;
            /** End */
            end: number;
            /**
             * Item Id
             * Format: uuid
             */
            item_id: string;
            /** Number */
            number: number;
            /** Page */
            page: number | null;
            payload: components["schemas"]["CitationPayload"];
            /** Quote */
            quote: string;
            /** Score */
            score: number;
            /** Section */
            section: string;
            /** Start */
            start: number;
            /** Title */
            title: string;
            /** Version */
            version: number;
        };
        /**
         * CitationPayload
         * @description The passage behind a citation.
         */
        CitationPayload: {
            /** Kind */
            kind: string;
            /** Path */
            path: string[];
            /** Tags */
            tags: string[];
            /** Text */
            text: string;
            /** Title */
            title: string;
        };
        /**
         * Columns
         * @description The same with the beginnings of the buckets.
         */
        Columns: {
            /** Max */
            max: (number | null)[];
            /** Mean */
            mean: (number | null)[];
            /** Min */
            min: (number | null)[];
            /** Ts */
            ts: number[];
        };
        /**
         * ConsentChange
         * @description What the person says now, having seen the text of this version (`text.version` of the answer before).
         */
        ConsentChange: {
            purposes: components["schemas"]["Purposes"];
            /** Version */
            version: string;
        };
        /**
         * ConsentEntry
         * @description One purpose of a consent or withdrawal as it was said.
         */
        ConsentEntry: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Consent Id
             * Format: uuid
             */
            consent_id: string;
            /** Given */
            given: boolean;
            /**
             * Purpose
             * @enum {string}
             */
            purpose: "service" | "analytics" | "training" | "profiling";
            /** Recorded At */
            recorded_at: string | null;
            /** Source */
            source: string;
            /**
             * Subject Id
             * Format: uuid
             */
            subject_id: string;
            /** Text Sha256 */
            text_sha256: string;
            /** Version */
            version: string;
        };
        /**
         * ConsentLog
         * @description All that people said in the order in which it came, newest first; pass `next_before` as `before` for the next page.
         */
        ConsentLog: {
            /** Entries */
            entries: components["schemas"]["ConsentEntry"][];
            /** Next Before */
            next_before: string | null;
        };
        /**
         * ConsentPeople
         * @description People who spoke of consent, the latest first, and what was not stored in the last thirty days.
         */
        ConsentPeople: {
            /** People */
            people: components["schemas"]["ConsentPerson"][];
            /** Refusals */
            refusals: components["schemas"]["RefusalCount"][];
            /** Total */
            total: number;
        };
        /**
         * ConsentPerson
         * @description A person by pseudonym: what they agree to, what they declined or withdrew, and how many conversations are kept.
         */
        ConsentPerson: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Conversations */
            conversations: number;
            /** Purposes */
            purposes: ("service" | "analytics" | "training" | "profiling")[];
            /**
             * Subject Id
             * Format: uuid
             */
            subject_id: string;
            /** Withdrawn */
            withdrawn: ("service" | "analytics" | "training" | "profiling")[];
        };
        /**
         * ConsentState
         * @description What holds for one purpose; `given` is empty when the person never spoke of it.
         */
        ConsentState: {
            /** At */
            at: string | null;
            /** Given */
            given: boolean | null;
            /** Meaning */
            meaning: string;
            /**
             * Purpose
             * @enum {string}
             */
            purpose: "service" | "analytics" | "training" | "profiling";
            /** Title */
            title: string;
            /** Version */
            version: string | null;
        };
        /**
         * ConsentTextData
         * @description The text that people agree to now, word for word (Markdown).
         */
        ConsentTextData: {
            /** Sha256 */
            sha256: string;
            /** Text */
            text: string;
            /** Version */
            version: string;
        };
        /**
         * ControlState
         * @description A chart of the days before today: whether it is `enough` of them, its state and limits, which way it is `out`, and since when.
         */
        ControlState: {
            /** Enough */
            enough: boolean;
            /** High */
            high: number | null;
            /** Low */
            low: number | null;
            /**
             * Out
             * @enum {string}
             */
            out: "" | "up" | "down";
            /** Since */
            since: string | null;
            /** State */
            state: number;
        };
        /**
         * ConversationDetail
         * @description A conversation with all that was said.
         */
        ConversationDetail: {
            /** Channel */
            channel: string;
            /**
             * Conversation Id
             * Format: uuid
             */
            conversation_id: string;
            /** Ended At */
            ended_at: string | null;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
            /** Purposes */
            purposes: ("service" | "analytics" | "training" | "profiling")[];
            /** Said */
            said: components["schemas"]["TurnData"][];
            /** Searchable */
            searchable: boolean;
            /** Source */
            source: string;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /** Subject Id */
            subject_id: string | null;
            /** Turns */
            turns: number;
        };
        /**
         * ConversationList
         * @description The latest first; `sources` counts all conversations by where they come from.
         */
        ConversationList: {
            /** Conversations */
            conversations: components["schemas"]["ConversationRow"][];
            /** Sources */
            sources: {
                [key: string]: number;
            };
            /** Total */
            total: number;
        };
        /**
         * ConversationPassage
         * @description A passage of a conversation, redacted; `first_turn` to `last_turn` are the turns it holds.
         */
        ConversationPassage: {
            /** Channel */
            channel: string;
            /**
             * Chunk Id
             * Format: uuid
             */
            chunk_id: string;
            /** Chunk Idx */
            chunk_idx: number;
            /**
             * Conversation Id
             * Format: uuid
             */
            conversation_id: string;
            /** First Turn */
            first_turn: number;
            /** Last Turn */
            last_turn: number;
            /** Source */
            source: string;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /**
             * Status
             * @enum {string}
             */
            status: "open" | "ended";
            /** Text */
            text: string;
            /** Turns */
            turns: number;
        };
        /**
         * ConversationPassages
         * @description Best first.
         */
        ConversationPassages: {
            /** Passages */
            passages: components["schemas"]["ConversationPassage"][];
        };
        /**
         * ConversationRow
         * @description A line of the list: how it begins, and how its answers were judged.
         */
        ConversationRow: {
            /** Begins */
            begins: string;
            /** Channel */
            channel: string;
            /**
             * Conversation Id
             * Format: uuid
             */
            conversation_id: string;
            /** Ended At */
            ended_at: string | null;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
            /** Not Useful */
            not_useful: number;
            /** Purposes */
            purposes: ("service" | "analytics" | "training" | "profiling")[];
            /** Searchable */
            searchable: boolean;
            /** Source */
            source: string;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /** Subject Id */
            subject_id: string | null;
            /** Turns */
            turns: number;
            /** Useful */
            useful: number;
        };
        /**
         * Corrected
         * @description How many texts were replaced.
         */
        Corrected: {
            /** Corrected */
            corrected: number;
        };
        /**
         * Correction
         * @description Corrections of one's own words; personal values in them are replaced as everywhere.
         */
        Correction: {
            answer?: components["schemas"]["QuestionCorrection"] | null;
            turn?: components["schemas"]["TurnCorrection"] | null;
        };
        /**
         * CuratedData
         * @description An answer an editor stands for; `rejected` is the one it replaces: together a preference pair.
         */
        CuratedData: {
            /** Answer */
            answer: string;
            /** Approver */
            approver: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Curated Id
             * Format: uuid
             */
            curated_id: string;
            /** Question */
            question: string;
            /** Rating */
            rating: number | null;
            /** Rejected */
            rejected: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "accepted" | "rejected" | "changed";
        };
        /**
         * CuratedList
         * @description Oldest first; `held_back` rows hold what may be personal data and are not given out.
         */
        CuratedList: {
            /** Held Back */
            held_back: number;
            /** Rows */
            rows: components["schemas"]["CuratedData"][];
        };
        /**
         * DayIngest
         * @description Documents and passages that became ready on a day.
         */
        DayIngest: {
            /** Chunks */
            chunks: number;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Items */
            items: number;
        };
        /**
         * DayType
         * @description Events of a type on a day (Europe/Berlin).
         */
        DayType: {
            /** Count */
            count: number;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Type */
            type: string;
        };
        /**
         * DecisionRequest
         * @description What a person says to a recommendation; with `passt_nicht` why.
         */
        DecisionRequest: {
            /**
             * Decision
             * @enum {string}
             */
            decision: "uebernehmen" | "spaeter" | "passt_nicht";
            /**
             * Reason
             * @default
             */
            reason?: string;
        };
        /**
         * Deleted
         * @description It is gone.
         */
        Deleted: {
            /**
             * Deleted
             * @constant
             */
            deleted: true;
        };
        /**
         * DeletedItem
         * @description The document is gone, with so many passages.
         */
        DeletedItem: {
            /** Chunks */
            chunks: number;
            /**
             * Deleted
             * @constant
             */
            deleted: true;
        };
        /**
         * DeliveredConsent
         * @description What the person said of their words; `version` and `text_sha256` name the text that they saw, `source` where ("web", "telefon").
         */
        DeliveredConsent: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            purposes: components["schemas"]["Purposes"];
            /** Source */
            source: string;
            /** Text Sha256 */
            text_sha256: string;
            /** Version */
            version: string;
        };
        /**
         * DeliveryData
         * @description The delivery in which a value came. `name` is told to who may see it, `sent_by` to the operator.
         */
        DeliveryData: {
            /** Batch Id */
            batch_id: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Name */
            name: string;
            /** Sent By */
            sent_by: string | null;
            /** Source */
            source: string;
            /** State */
            state: string;
        };
        /**
         * DeliveryResult
         * @description Turns stored now, turns that had been stored before, and turns that were not stored, by reason.
         *
         *     `duplicate`: the whole delivery came before, and these are the counts of then.
         */
        DeliveryResult: {
            /** Duplicate */
            duplicate: boolean;
            /** Duplicates */
            duplicates: number;
            /** Refused */
            refused: {
                [key: string]: number;
            };
            /** Stored */
            stored: number;
        };
        /**
         * EmergencyData
         * @description The message told of an emergency: `call` is the number to ring first, `hotline` the supplier's, or 112 where none is configured.
         */
        EmergencyData: {
            /** Call */
            call: string;
            /** Hotline */
            hotline: string;
            /** Hotline Configured */
            hotline_configured: boolean;
            /**
             * Kind
             * @enum {string}
             */
            kind: "gas" | "outage" | "fire" | "shock" | "co" | "heat" | "water";
        };
        /** Envelope[ActionList] */
        Envelope_ActionList_: {
            data: components["schemas"]["ActionList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[AlertList] */
        Envelope_AlertList_: {
            data: components["schemas"]["AlertList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Alive] */
        Envelope_Alive_: {
            data: components["schemas"]["Alive"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[AnswerData] */
        Envelope_AnswerData_: {
            data: components["schemas"]["AnswerData"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[AnswerList] */
        Envelope_AnswerList_: {
            data: components["schemas"]["AnswerList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[AnswerRecord] */
        Envelope_AnswerRecord_: {
            data: components["schemas"]["AnswerRecord"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[AssignmentList] */
        Envelope_AssignmentList_: {
            data: components["schemas"]["AssignmentList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[AuditList] */
        Envelope_AuditList_: {
            data: components["schemas"]["AuditList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[AuditVerdict] */
        Envelope_AuditVerdict_: {
            data: components["schemas"]["AuditVerdict"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[BacktestData] */
        Envelope_BacktestData_: {
            data: components["schemas"]["BacktestData"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[BulkDone] */
        Envelope_BulkDone_: {
            data: components["schemas"]["BulkDone"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ChangeList] */
        Envelope_ChangeList_: {
            data: components["schemas"]["ChangeList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ChunkList] */
        Envelope_ChunkList_: {
            data: components["schemas"]["ChunkList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ConsentLog] */
        Envelope_ConsentLog_: {
            data: components["schemas"]["ConsentLog"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ConsentPeople] */
        Envelope_ConsentPeople_: {
            data: components["schemas"]["ConsentPeople"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ConversationDetail] */
        Envelope_ConversationDetail_: {
            data: components["schemas"]["ConversationDetail"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ConversationList] */
        Envelope_ConversationList_: {
            data: components["schemas"]["ConversationList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ConversationPassages] */
        Envelope_ConversationPassages_: {
            data: components["schemas"]["ConversationPassages"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Corrected] */
        Envelope_Corrected_: {
            data: components["schemas"]["Corrected"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[CuratedList] */
        Envelope_CuratedList_: {
            data: components["schemas"]["CuratedList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Deleted] */
        Envelope_Deleted_: {
            data: components["schemas"]["Deleted"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[DeletedItem] */
        Envelope_DeletedItem_: {
            data: components["schemas"]["DeletedItem"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[DeliveryResult] */
        Envelope_DeliveryResult_: {
            data: components["schemas"]["DeliveryResult"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ErasureData] */
        Envelope_ErasureData_: {
            data: components["schemas"]["ErasureData"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ErasureList] */
        Envelope_ErasureList_: {
            data: components["schemas"]["ErasureList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ErasureStarted] */
        Envelope_ErasureStarted_: {
            data: components["schemas"]["ErasureStarted"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Evaluation] */
        Envelope_Evaluation_: {
            data: components["schemas"]["Evaluation"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[FactDetail] */
        Envelope_FactDetail_: {
            data: components["schemas"]["FactDetail"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[FeedData] */
        Envelope_FeedData_: {
            data: components["schemas"]["FeedData"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[FeedList] */
        Envelope_FeedList_: {
            data: components["schemas"]["FeedList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[FigureList] */
        Envelope_FigureList_: {
            data: components["schemas"]["FigureList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ForecastData] */
        Envelope_ForecastData_: {
            data: components["schemas"]["ForecastData"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ForecastList] */
        Envelope_ForecastList_: {
            data: components["schemas"]["ForecastList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[GapDetail] */
        Envelope_GapDetail_: {
            data: components["schemas"]["GapDetail"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[GapList] */
        Envelope_GapList_: {
            data: components["schemas"]["GapList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Health] */
        Envelope_Health_: {
            data: components["schemas"]["Health"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Help] */
        Envelope_Help_: {
            data: components["schemas"]["Help"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ImportData] */
        Envelope_ImportData_: {
            data: components["schemas"]["ImportData"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Imported] */
        Envelope_Imported_: {
            data: components["schemas"]["Imported"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ImportList] */
        Envelope_ImportList_: {
            data: components["schemas"]["ImportList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Ingested] */
        Envelope_Ingested_: {
            data: components["schemas"]["Ingested"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[IngestMetrics] */
        Envelope_IngestMetrics_: {
            data: components["schemas"]["IngestMetrics"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[IssuedKey] */
        Envelope_IssuedKey_: {
            data: components["schemas"]["IssuedKey"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ItemDetail] */
        Envelope_ItemDetail_: {
            data: components["schemas"]["ItemDetail"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ItemList] */
        Envelope_ItemList_: {
            data: components["schemas"]["ItemList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ItemText] */
        Envelope_ItemText_: {
            data: components["schemas"]["ItemText"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[JobData] */
        Envelope_JobData_: {
            data: components["schemas"]["JobData"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[JobList] */
        Envelope_JobList_: {
            data: components["schemas"]["JobList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[KeeperList] */
        Envelope_KeeperList_: {
            data: components["schemas"]["KeeperList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[KeyList] */
        Envelope_KeyList_: {
            data: components["schemas"]["KeyList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[KpiDetail] */
        Envelope_KpiDetail_: {
            data: components["schemas"]["KpiDetail"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[KpiList] */
        Envelope_KpiList_: {
            data: components["schemas"]["KpiList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Labelled] */
        Envelope_Labelled_: {
            data: components["schemas"]["Labelled"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[LearnedEntry] */
        Envelope_LearnedEntry_: {
            data: components["schemas"]["LearnedEntry"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[LearningPlan] */
        Envelope_LearningPlan_: {
            data: components["schemas"]["LearningPlan"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[LearningState] */
        Envelope_LearningState_: {
            data: components["schemas"]["LearningState"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[MeterDetail] */
        Envelope_MeterDetail_: {
            data: components["schemas"]["MeterDetail"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[MeterList] */
        Envelope_MeterList_: {
            data: components["schemas"]["MeterList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[MeterSeries] */
        Envelope_MeterSeries_: {
            data: components["schemas"]["MeterSeries"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Monitor] */
        Envelope_Monitor_: {
            data: components["schemas"]["Monitor"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[NextReview] */
        Envelope_NextReview_: {
            data: components["schemas"]["NextReview"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Objected] */
        Envelope_Objected_: {
            data: components["schemas"]["Objected"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[OpenedToken] */
        Envelope_OpenedToken_: {
            data: components["schemas"]["OpenedToken"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Overview] */
        Envelope_Overview_: {
            data: components["schemas"]["Overview"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[OwnConsent] */
        Envelope_OwnConsent_: {
            data: components["schemas"]["OwnConsent"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[OwnErasure] */
        Envelope_OwnErasure_: {
            data: components["schemas"]["OwnErasure"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[OwnQuota] */
        Envelope_OwnQuota_: {
            data: components["schemas"]["OwnQuota"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[PageMarks] */
        Envelope_PageMarks_: {
            data: components["schemas"]["PageMarks"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[PersonConsent] */
        Envelope_PersonConsent_: {
            data: components["schemas"]["PersonConsent"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[PriceSeries] */
        Envelope_PriceSeries_: {
            data: components["schemas"]["PriceSeries"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ProductList] */
        Envelope_ProductList_: {
            data: components["schemas"]["ProductList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ProgressReport] */
        Envelope_ProgressReport_: {
            data: components["schemas"]["ProgressReport"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Promotion] */
        Envelope_Promotion_: {
            data: components["schemas"]["Promotion"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[PromptDetail] */
        Envelope_PromptDetail_: {
            data: components["schemas"]["PromptDetail"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[PromptList] */
        Envelope_PromptList_: {
            data: components["schemas"]["PromptList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Pushed] */
        Envelope_Pushed_: {
            data: components["schemas"]["Pushed"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[QualityList] */
        Envelope_QualityList_: {
            data: components["schemas"]["QualityList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[RecommendationData] */
        Envelope_RecommendationData_: {
            data: components["schemas"]["RecommendationData"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[RecommendationList] */
        Envelope_RecommendationList_: {
            data: components["schemas"]["RecommendationList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Recomputed] */
        Envelope_Recomputed_: {
            data: components["schemas"]["Recomputed"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[RetentionData] */
        Envelope_RetentionData_: {
            data: components["schemas"]["RetentionData"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[RetentionDone] */
        Envelope_RetentionDone_: {
            data: components["schemas"]["RetentionDone"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ReviewData] */
        Envelope_ReviewData_: {
            data: components["schemas"]["ReviewData"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ReviewList] */
        Envelope_ReviewList_: {
            data: components["schemas"]["ReviewList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[RevokedKey] */
        Envelope_RevokedKey_: {
            data: components["schemas"]["RevokedKey"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[RolledBack] */
        Envelope_RolledBack_: {
            data: components["schemas"]["RolledBack"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Rotated] */
        Envelope_Rotated_: {
            data: components["schemas"]["Rotated"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Saved] */
        Envelope_Saved_: {
            data: components["schemas"]["Saved"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[SavedEvents] */
        Envelope_SavedEvents_: {
            data: components["schemas"]["SavedEvents"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ScheduleData] */
        Envelope_ScheduleData_: {
            data: components["schemas"]["ScheduleData"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ScheduleList] */
        Envelope_ScheduleList_: {
            data: components["schemas"]["ScheduleList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[SessionData] */
        Envelope_SessionData_: {
            data: components["schemas"]["SessionData"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[SettingList] */
        Envelope_SettingList_: {
            data: components["schemas"]["SettingList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[SignalSeries] */
        Envelope_SignalSeries_: {
            data: components["schemas"]["SignalSeries"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[SignedOut] */
        Envelope_SignedOut_: {
            data: components["schemas"]["SignedOut"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Silenced] */
        Envelope_Silenced_: {
            data: components["schemas"]["Silenced"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[SimData] */
        Envelope_SimData_: {
            data: components["schemas"]["SimData"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[SnapshotList] */
        Envelope_SnapshotList_: {
            data: components["schemas"]["SnapshotList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[StartedJob] */
        Envelope_StartedJob_: {
            data: components["schemas"]["StartedJob"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Starters] */
        Envelope_Starters_: {
            data: components["schemas"]["Starters"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[StoredQuestions] */
        Envelope_StoredQuestions_: {
            data: components["schemas"]["StoredQuestions"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[SubjectData] */
        Envelope_SubjectData_: {
            data: components["schemas"]["SubjectData"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[SuggestedItems] */
        Envelope_SuggestedItems_: {
            data: components["schemas"]["SuggestedItems"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[SummaryReport] */
        Envelope_SummaryReport_: {
            data: components["schemas"]["SummaryReport"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[SystemInfo] */
        Envelope_SystemInfo_: {
            data: components["schemas"]["SystemInfo"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[TakenBack] */
        Envelope_TakenBack_: {
            data: components["schemas"]["TakenBack"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[ThresholdData] */
        Envelope_ThresholdData_: {
            data: components["schemas"]["ThresholdData"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[TicketDetail] */
        Envelope_TicketDetail_: {
            data: components["schemas"]["TicketDetail"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[TicketList] */
        Envelope_TicketList_: {
            data: components["schemas"]["TicketList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[VersionList] */
        Envelope_VersionList_: {
            data: components["schemas"]["VersionList"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[Vocabulary] */
        Envelope_Vocabulary_: {
            data: components["schemas"]["Vocabulary"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /** Envelope[WrittenPage] */
        Envelope_WrittenPage_: {
            data: components["schemas"]["WrittenPage"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /**
         * ErasureData
         * @description An entry of the ledger. `receipt` holds counts, times, tokens and what stays and why; `sha256` in it stands in the audit log.
         *
         *     `stopped`: wanted, not done and in nobody's hands; Nova starts it again within a day. `job_id` and `error` are those of its last job.
         */
        ErasureData: {
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Done At */
            done_at: string | null;
            /**
             * Erasure Id
             * Format: uuid
             */
            erasure_id: string;
            /** Error */
            error: string | null;
            /** Job Id */
            job_id: string | null;
            /** Receipt */
            receipt: {
                [key: string]: unknown;
            };
            /**
             * State
             * @enum {string}
             */
            state: "queued" | "running" | "done" | "failed" | "cancelled" | "stopped";
            /** State Text */
            state_text: string;
            /**
             * Subject Id
             * Format: uuid
             */
            subject_id: string;
            /** User Id */
            user_id: string | null;
        };
        /**
         * ErasureList
         * @description Newest first; `total` counts all pages.
         */
        ErasureList: {
            /** Erasures */
            erasures: components["schemas"]["ErasureData"][];
            /** Total */
            total: number;
        };
        /**
         * ErasureStarted
         * @description Asked the first time there is `confirm`, to be sent back within `expires_in` seconds; then the erasure and its job.
         */
        ErasureStarted: {
            /** Confirm */
            confirm?: string | null;
            /** Erasure Id */
            erasure_id?: string | null;
            /** Expires In */
            expires_in?: number | null;
            /** Job Id */
            job_id?: string | null;
        };
        /**
         * ErrorEvent
         * @description `event: error`: the stream ends here.
         */
        ErrorEvent: {
            /** Code */
            code: string;
            /** Message */
            message: string;
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /**
         * Evaluation
         * @description Every rule once, at a moment, by figures that are whole up to `measured_until`; a dry run does not measure anew.
         */
        Evaluation: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /** Critical */
            critical: boolean;
            /** Dry Run */
            dry_run: boolean;
            /** Measured Until */
            measured_until: string | null;
            /** Rules */
            rules: components["schemas"]["Explanation"][];
            /** Version */
            version: string;
        };
        /**
         * EventBatch
         * @description Up to 500 events, stored all or none.
         */
        EventBatch: {
            /** Events */
            events: components["schemas"]["EventRequest"][];
        };
        /**
         * EventRequest
         * @description Something a person did; `user_id` is their own.
         */
        EventRequest: {
            /** Chunk Id */
            chunk_id?: string | null;
            /** Dwell Ms */
            dwell_ms?: number | null;
            /** Event Id */
            event_id?: string | null;
            /** Item Id */
            item_id?: string | null;
            /** Meta */
            meta?: {
                [key: string]: components["schemas"]["Json"];
            };
            /** Ts */
            ts?: string | null;
            /**
             * Type
             * @enum {string}
             */
            type: "view" | "click" | "like" | "solve" | "ask" | "feedback";
            /** User Id */
            user_id: string;
        };
        /**
         * EvidenceFact
         * @description A number or word of a recommendation: how it is said, and over which window and how many rows it was found (0: none).
         */
        EvidenceFact: {
            /** End */
            end: number;
            /** Label */
            label: string;
            /** Name */
            name: string;
            /** Rows */
            rows: number;
            /** Said */
            said: string;
            /** Start */
            start: number;
            /** Unit */
            unit: string;
            /** Value */
            value: number | string;
        };
        /**
         * Explanation
         * @description An evaluation of a rule: what was measured, what it is held against, where it stands, what follows. Texts are German.
         *
         *     `first`: the rule was never evaluated before, so that `before` says nothing. `few`: fewer than five people are
         *     behind what was measured; it is judged, and not told.
         */
        Explanation: {
            /** Action */
            action: string;
            /**
             * After
             * @enum {string}
             */
            after: "ok" | "pending" | "warn" | "critical" | "clearing" | "no_data";
            /**
             * Before
             * @enum {string}
             */
            before: "ok" | "pending" | "warn" | "critical" | "clearing" | "no_data";
            /** Clear */
            clear: number;
            /** Counted */
            counted: boolean;
            /** Critical */
            critical: number | null;
            /**
             * Direction
             * @enum {string}
             */
            direction: "below" | "above";
            /**
             * Event
             * @enum {string}
             */
            event: "" | "warn" | "critical" | "eased" | "recovered" | "lost";
            /**
             * Few
             * @default false
             */
            few?: boolean;
            /**
             * First
             * @default false
             */
            first?: boolean;
            /**
             * From
             * Format: date-time
             */
            from: string;
            /** High */
            high: number | null;
            /** Kpi */
            kpi: string;
            /** Least */
            least: number;
            /** Low */
            low: number | null;
            /**
             * Method
             * @enum {string}
             */
            method: "threshold" | "ewma" | "cusum";
            /** N */
            n: number;
            /** Rule */
            rule: string;
            /** Segment */
            segment: string;
            /** Sentence */
            sentence: string;
            /** Text */
            text: string;
            /** Threshold Text */
            threshold_text: string;
            /** Times */
            times: number;
            /** Title */
            title: string;
            /**
             * To
             * Format: date-time
             */
            to: string;
            /** Value */
            value: number | null;
            /** Value Text */
            value_text: string;
            /** Warn */
            warn: number;
            /** Window */
            window: string;
        };
        /**
         * Facets
         * @description How many documents each value would leave.
         */
        Facets: {
            /** Kinds */
            kinds: {
                [key: string]: number;
            };
            /** Statuses */
            statuses: {
                [key: string]: number;
            };
            /** Tags */
            tags: {
                [key: string]: number;
            };
        };
        /**
         * FactData
         * @description A number that a query over readings or prices gave; `query` says how, over which window, and `chart` holds columns to draw.
         *
         *     `stale_at`: since when a value that it may rest on is taken back.
         */
        FactData: {
            /** Chart */
            chart: {
                [key: string]: unknown;
            } | null;
            /**
             * Fact Id
             * Format: uuid
             */
            fact_id: string;
            /** Label */
            label: string;
            /** Query */
            query: {
                [key: string]: unknown;
            };
            /** Rows */
            rows: number;
            /**
             * Stale At
             * @default null
             */
            stale_at?: string | null;
            /** Text */
            text: string;
            /** Unit */
            unit: string;
            /** Value */
            value: number | null;
        };
        /**
         * FactDetail
         * @description A number that an answer said: what was asked (`query`), over which window and rows, and what came out.
         */
        FactDetail: {
            /** Answer Id */
            answer_id: string | null;
            /** Chart */
            chart: {
                [key: string]: unknown;
            } | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Fact Id
             * Format: uuid
             */
            fact_id: string;
            /** Label */
            label: string;
            /** Meter Id */
            meter_id: string | null;
            /** Query */
            query: {
                [key: string]: unknown;
            };
            /**
             * Renewed
             * @description What is stored says since something was taken back, if it differs.
             */
            renewed: {
                [key: string]: unknown;
            } | null;
            /** Rows */
            rows: number;
            /**
             * Since
             * @description Begin of the window.
             */
            since: number | null;
            /** Stale At */
            stale_at?: string | null;
            /** Text */
            text: string;
            /** Unit */
            unit: string;
            /**
             * Until
             * @description Its end, excluded.
             */
            until: number | null;
            /** Value */
            value: number | null;
        };
        /**
         * Failure
         * @description Every answer that is no success.
         */
        Failure: {
            data: components["schemas"]["FailureData"];
            /** Message */
            message: string;
            /**
             * Status
             * @constant
             */
            status: "error";
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /**
         * FailureData
         * @description `code` is stable and for programs; some codes carry more.
         */
        FailureData: {
            /** Code */
            code: string;
            /**
             * Fields
             * @description With code `validation`.
             * @default null
             */
            fields?: components["schemas"]["FieldProblem"][] | null;
            /**
             * Item Id
             * @description The existing item, with code `duplicate`.
             * @default null
             */
            item_id?: string | null;
            /**
             * Retry After
             * @description Seconds, with the codes `rate_limited` and `busy`.
             * @default null
             */
            retry_after?: number | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * FeedbackCounts
         * @description Judgements of the last 30 days; null where fewer than five people judged.
         */
        FeedbackCounts: {
            /** Not Useful */
            not_useful: number | null;
            /** Useful */
            useful: number | null;
        };
        /**
         * FeedbackRequest
         * @description A judgement of an answer.
         */
        FeedbackRequest: {
            /** Answer */
            answer: string;
            /** Answer Id */
            answer_id?: string | null;
            /**
             * Chunks Used
             * @default []
             */
            chunks_used?: string[];
            /** Dwell Ms */
            dwell_ms?: number | null;
            /** Notes */
            notes?: string | null;
            /** Question */
            question: string;
            /** Reason */
            reason?: ("falsch" | "unvollstaendig" | "quelle" | "ton") | null;
            /** Useful */
            useful: boolean;
            /** User Id */
            user_id?: string | null;
        };
        /**
         * FeedData
         * @description Where rows come from by themselves. `configured`: the settings name it; `enabled`: it is to run.
         */
        FeedData: {
            /** Configured */
            configured: boolean;
            /** Enabled */
            enabled: boolean;
            /** Error At */
            error_at: string | null;
            /** Kind */
            kind: string;
            /** Last At */
            last_at: string | null;
            /** Last Error */
            last_error: string | null;
            /** Name */
            name: string;
            /** Rows */
            rows: number;
            /** Settings */
            settings: {
                [key: string]: unknown;
            };
        };
        /**
         * FeedList
         * @description Feeds in the order of their names.
         */
        FeedList: {
            /** Feeds */
            feeds: components["schemas"]["FeedData"][];
        };
        /**
         * FeedRequest
         * @description Start or stop a feed.
         */
        FeedRequest: {
            /**
             * Action
             * @enum {string}
             */
            action: "start" | "stop";
        };
        /**
         * FieldProblem
         * @description What is wrong with one field of the request.
         */
        FieldProblem: {
            /** Field */
            field: string;
            /** Message */
            message: string;
        };
        /**
         * FigureData
         * @description A figure, or the reason that there is none. `covered` is the share of the range that is known.
         */
        FigureData: {
            /** At */
            at: number | null;
            /** Covered */
            covered: number;
            /** Meaning */
            meaning: string;
            /** Name */
            name: string;
            /** Reason */
            reason: string;
            /** Rows */
            rows: number;
            /** Unit */
            unit: string;
            /** Value */
            value: number | null;
        };
        /**
         * FigureList
         * @description A meter's figures in a range.
         */
        FigureList: {
            /** Figures */
            figures: components["schemas"]["FigureData"][];
            /** Meter Id */
            meter_id: string;
        };
        /**
         * Filters
         * @description Which documents a question may see.
         */
        Filters: {
            /** Item Id */
            item_id?: string | null;
            /** Kind */
            kind?: ("document" | "regulation" | "note") | null;
            /** Tag */
            tag?: string | null;
        };
        /**
         * FindSubject
         * @description A pseudonym, one of our own ids, an external id or a sender's id.
         */
        FindSubject: {
            /** Subject */
            subject: string;
        };
        /**
         * FiringData
         * @description An episode that would have been; `ended` null: it would still be on.
         */
        FiringData: {
            /** Ended */
            ended: string | null;
            /** Hours */
            hours: number;
            /**
             * Started
             * Format: date-time
             */
            started: string;
            /**
             * Worst
             * @enum {string}
             */
            worst: "warn" | "critical";
        };
        /**
         * ForecastColumns
         * @description What was said of each interval: the mean (whose sums are right), the median, the 90 % band, both baselines, and what came.
         */
        ForecastColumns: {
            /** Actual */
            actual: (number | null)[];
            /** High */
            high: (number | null)[];
            /** Low */
            low: (number | null)[];
            /** Mean */
            mean: (number | null)[];
            /** Median */
            median: (number | null)[];
            /**
             * Naive
             * @description The same time a week before.
             */
            naive: (number | null)[];
            /**
             * Seasonal
             * @description The mean of the last four weeks' days of the same kind.
             */
            seasonal: (number | null)[];
            /** Ts */
            ts: number[];
        };
        /**
         * ForecastData
         * @description The forecast of a range, issued at 10 o'clock of the day before. `reason` says in German why there is none.
         */
        ForecastData: {
            columns: components["schemas"]["ForecastColumns"];
            /** Days */
            days: components["schemas"]["ForecastDay"][];
            /**
             * Issued At
             * @description Of the newest interval.
             */
            issued_at: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "meter" | "price";
            /** Market */
            market: string | null;
            /** Meter Id */
            meter_id: string | null;
            model: components["schemas"]["ForecastModelData"] | null;
            /** Product */
            product: string | null;
            /** Reason */
            reason: string;
            /** Resolution */
            resolution: number;
            scores: components["schemas"]["ForecastScores"];
            /**
             * Stale
             * @description It rests on values that were taken back; it is being computed anew.
             */
            stale: boolean;
            /** Target */
            target: string;
            /** Title */
            title: string;
            /** Unit */
            unit: string;
            /** Zone */
            zone: string | null;
        };
        /**
         * ForecastDay
         * @description How a day went; `origin` says whether it was served or is from the backtest that goes with every training.
         */
        ForecastDay: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Inside */
            inside: number;
            /** Mae */
            mae: number;
            /** Naive */
            naive: number | null;
            /**
             * Origin
             * @enum {string}
             */
            origin: "backtest" | "served";
            /** Seasonal */
            seasonal: number | null;
        };
        /**
         * ForecastList
         * @description Targets with a model, by name.
         */
        ForecastList: {
            /** Targets */
            targets: components["schemas"]["ForecastListed"][];
        };
        /**
         * ForecastListed
         * @description A target with a model.
         */
        ForecastListed: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "meter" | "price";
            /** Market */
            market: string | null;
            /** Meter Id */
            meter_id: string | null;
            /** Product */
            product: string | null;
            scores: components["schemas"]["ForecastScores"];
            /** Target */
            target: string;
            /** Title */
            title: string;
            /**
             * Trained To
             * Format: date-time
             */
            trained_to: string;
            /** Unit */
            unit: string;
            /** Zone */
            zone: string | null;
        };
        /**
         * ForecastModelData
         * @description The model that serves a target.
         */
        ForecastModelData: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Features */
            features: string[];
            /**
             * Trained To
             * Format: date-time
             */
            trained_to: string;
        };
        /**
         * ForecastScores
         * @description How the last 30 days went: mean absolute errors in `unit`, `rmae` over the week before, shares 0 to 1. Null: no day is known.
         */
        ForecastScores: {
            /**
             * Bias
             * @description How far the mean lay above what came, as a share of it.
             */
            bias: number | null;
            /** Days */
            days: number;
            /**
             * Inside
             * @description Share of values inside the 90 % band.
             */
            inside: number | null;
            /** Mae */
            mae: number | null;
            /** Naive */
            naive: number | null;
            /** Rmae */
            rmae: number | null;
            /** Seasonal */
            seasonal: number | null;
            /** Seasonal Rmae */
            seasonal_rmae: number | null;
        };
        /**
         * Gap
         * @description A time of which nothing is known.
         */
        Gap: {
            /** End */
            end: number;
            /** Start */
            start: number;
        };
        /**
         * GapData
         * @description Questions of one kind that were answered weakly: `weakness` is the mean (0 to 1), `weight` the sum.
         */
        GapData: {
            /** Closed At */
            closed_at: string | null;
            /**
             * First At
             * Format: date-time
             */
            first_at: string;
            /**
             * Gap Id
             * Format: uuid
             */
            gap_id: string;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
            /** People */
            people: number;
            /** Questions */
            questions: number;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "closed";
            /** Terms */
            terms: string[];
            /** Weakness */
            weakness: number;
            /** Weight */
            weight: number;
        };
        /**
         * GapDetail
         * @description A gap with its questions, the weakest first; `asked` is empty for everybody but the operator.
         */
        GapDetail: {
            /** Asked */
            asked: components["schemas"]["GapQuestion"][];
            /** Closed At */
            closed_at: string | null;
            /**
             * First At
             * Format: date-time
             */
            first_at: string;
            /**
             * Gap Id
             * Format: uuid
             */
            gap_id: string;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
            /** People */
            people: number;
            /** Questions */
            questions: number;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "closed";
            /** Terms */
            terms: string[];
            /** Weakness */
            weakness: number;
            /** Weight */
            weight: number;
        };
        /**
         * GapList
         * @description Gaps, the weightiest first.
         */
        GapList: {
            /** Gaps */
            gaps: components["schemas"]["GapData"][];
            /** Total */
            total: number;
        };
        /**
         * GapQuestion
         * @description One question of a gap; `answer_id` names the answer, or the turn of a delivered conversation; "(gelöscht)" where it is gone.
         */
        GapQuestion: {
            /**
             * Answer Id
             * Format: uuid
             */
            answer_id: string;
            /** Question */
            question: string;
            /** Status */
            status: string;
            /**
             * Ts
             * Format: date-time
             */
            ts: string;
            /** Weakness */
            weakness: number;
        };
        /**
         * GivenPrices
         * @description Prices from the first local midnight on, EUR/MWh, one for each interval of so many seconds.
         */
        GivenPrices: {
            /** Eur Mwh */
            eur_mwh: number[];
            /**
             * Seconds
             * @default 3600
             * @enum {integer}
             */
            seconds?: 900 | 3600;
        };
        /**
         * GridData
         * @description The highest mean power of a quarter-hour in each direction.
         */
        GridData: {
            /** Export Limit Kw */
            export_limit_kw?: number | null;
            /** Import Limit Kw */
            import_limit_kw?: number | null;
        };
        /**
         * Health
         * @description The state of everything, the worst of it first in `status`.
         */
        Health: {
            /** Checks */
            checks: components["schemas"]["Check"][];
            /** Services */
            services: {
                [key: string]: components["schemas"]["ServiceHealth"];
            };
            /**
             * Status
             * @enum {string}
             */
            status: "ok" | "degraded" | "failed";
            /** Versions */
            versions: {
                [key: string]: string;
            };
        };
        /**
         * HealthEvent
         * @description `event: health` of the live stream (the operator's).
         */
        HealthEvent: {
            /** Services */
            services: {
                [key: string]: components["schemas"]["ServiceHealth"];
            };
            /**
             * Status
             * @enum {string}
             */
            status: "ok" | "degraded" | "failed";
        };
        /**
         * Help
         * @description What Luna says about a page.
         */
        Help: {
            /** Related Questions */
            related_questions: string[];
            /** Route */
            route: string;
            /** Steps */
            steps: string[];
            /** Text */
            text: string;
            /** Title */
            title: string;
        };
        /**
         * ImportData
         * @description A file, pull or push. `report` counts rows and says why some were changed or refused; `sent_by` is told to the operator.
         */
        ImportData: {
            /** Batch Id */
            batch_id: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Ended At */
            ended_at: string | null;
            /** Format */
            format: string;
            /** Job Id */
            job_id: string | null;
            /** May Take Back */
            may_take_back: boolean;
            /** Name */
            name: string;
            /** Report */
            report: {
                [key: string]: unknown;
            };
            /** Sent By */
            sent_by: string | null;
            /** Source */
            source: string;
            /**
             * State
             * @enum {string}
             */
            state: "running" | "done" | "refused" | "failed" | "taken_back";
        };
        /**
         * Imported
         * @description A file that is being stored; `report` is null while it is (202).
         */
        Imported: {
            /**
             * Job Id
             * Format: uuid
             */
            job_id: string;
            /** Report */
            report: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * ImportForm
         * @description A file of readings, prices or signals, and what its sender says of it where the file does not.
         */
        ImportForm: {
            /**
             * Clock
             * @description Of times without offset.
             * @default
             * @enum {string}
             */
            clock?: "" | "UTC" | "Europe/Berlin" | "MEZ";
            /**
             * File
             * @description CSV, SMARD (CSV, JSON), ENTSO-E (XML), MSCONS, Parquet or JSON that Nova wrote.
             */
            file: string;
            /**
             * Format
             * @description Empty: the content tells.
             * @default
             * @enum {string}
             */
            format?: "" | "csv" | "smard" | "smard_json" | "json" | "parquet" | "entsoe" | "mscons";
            /**
             * Meter
             * @default
             */
            meter?: string;
            /**
             * Unit
             * @description Of values where the file says none.
             * @default
             * @enum {string}
             */
            unit?: "" | "kW" | "kWh";
            /**
             * Wait
             * @description Seconds to wait for the report.
             * @default 30
             */
            wait?: number;
            /**
             * Zone
             * @default
             */
            zone?: string;
        };
        /**
         * ImportList
         * @description Newest first.
         */
        ImportList: {
            /** Imports */
            imports: components["schemas"]["ImportData"][];
        };
        /**
         * Ingested
         * @description A stored document; `chunks` is null while it is still being read (202).
         */
        Ingested: {
            /** Chunks */
            chunks: number | null;
            /**
             * Item Id
             * Format: uuid
             */
            item_id: string;
            /**
             * Job Id
             * Format: uuid
             */
            job_id: string;
            /** Sha256 */
            sha256: string;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "running" | "ready" | "failed";
            /** Version */
            version: number;
        };
        /**
         * IngestForm
         * @description A file and what its sender says of it.
         */
        IngestForm: {
            /**
             * File
             * @description PDF, DOCX, PPTX, XLSX, HTML, Markdown or text.
             */
            file: string;
            /**
             * Kind
             * @default document
             * @enum {string}
             */
            kind?: "document" | "regulation" | "note";
            /**
             * Replace
             * @description `name`: a known file name means a new version.
             * @default none
             * @enum {string}
             */
            replace?: "none" | "name";
            /**
             * Source
             * @default upload
             * @enum {string}
             */
            source?: "upload" | "crawler" | "api";
            /**
             * Tags
             * @description Repeat the field or separate by commas.
             */
            tags?: string[];
            /**
             * Wait
             * @description Seconds to wait for the passages.
             * @default 30
             */
            wait?: number;
        };
        /**
         * IngestMetrics
         * @description The figures of the ingest.
         */
        IngestMetrics: {
            /** Bytes Total */
            bytes_total: number;
            /** Chunks Total */
            chunks_total: number;
            /** Done 24H */
            done_24h: number;
            /** Failed */
            failed: number;
            /** Last */
            last: components["schemas"]["JobData"][];
            /** Outbox */
            outbox: number;
            /** Pages Total */
            pages_total: number;
            /** Per Day */
            per_day: components["schemas"]["DayIngest"][];
            /** Queued */
            queued: number;
            /** Running */
            running: number;
        };
        /**
         * IngestUrl
         * @description A page or file to load.
         */
        IngestUrl: {
            /**
             * Kind
             * @default document
             * @enum {string}
             */
            kind?: "document" | "regulation" | "note";
            /** Tags */
            tags?: string[];
            /** Url */
            url: string;
            /**
             * Wait
             * @default 30
             */
            wait?: number;
        };
        /**
         * IssuedKey
         * @description The token, shown once.
         */
        IssuedKey: {
            /**
             * Changed
             * @description The person had another role; their older tokens are withdrawn.
             */
            changed: boolean;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Role
             * @enum {string}
             */
            role: "customer" | "reviewer" | "engineer" | "auditor" | "service";
            /** Token */
            token: string;
            /**
             * Token Id
             * Format: uuid
             */
            token_id: string;
        };
        /**
         * ItemChange
         * @description What to change; a field left out stays as it is.
         */
        ItemChange: {
            /** Kind */
            kind?: ("document" | "regulation" | "note") | null;
            /** Tags */
            tags?: string[] | null;
            /** Title */
            title?: string | null;
        };
        /**
         * ItemData
         * @description A document.
         */
        ItemData: {
            /** Bytes */
            bytes: number | null;
            /** Chunks */
            chunks: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Error */
            error: string | null;
            /** Filename */
            filename: string;
            /**
             * Item Id
             * Format: uuid
             */
            item_id: string;
            /**
             * Job Id
             * @description The newest job that works on it.
             */
            job_id?: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "document" | "regulation" | "note";
            /**
             * Owner
             * @description External id of the person whose document it is; null: the company's.
             */
            owner: string | null;
            /**
             * Source
             * @enum {string}
             */
            source: "upload" | "crawler" | "api";
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "running" | "ready" | "failed";
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Url */
            url: string | null;
            /** Version */
            version: number;
        };
        /**
         * ItemDetail
         * @description A document with its versions, newest first.
         */
        ItemDetail: {
            /** Bytes */
            bytes: number | null;
            /** Chunks */
            chunks: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Error */
            error: string | null;
            /** Filename */
            filename: string;
            /**
             * Item Id
             * Format: uuid
             */
            item_id: string;
            /**
             * Job Id
             * @description The newest job that works on it.
             */
            job_id?: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "document" | "regulation" | "note";
            /**
             * Owner
             * @description External id of the person whose document it is; null: the company's.
             */
            owner: string | null;
            /**
             * Source
             * @enum {string}
             */
            source: "upload" | "crawler" | "api";
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "running" | "ready" | "failed";
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Url */
            url: string | null;
            /** Version */
            version: number;
            /** Versions */
            versions: components["schemas"]["nova__api__models__items__VersionData"][];
        };
        /**
         * ItemList
         * @description One page; `total` counts all that match.
         */
        ItemList: {
            facets: components["schemas"]["Facets"];
            /** Items */
            items: components["schemas"]["ItemData"][];
            /** Total */
            total: number;
        };
        /**
         * ItemText
         * @description A slice of a version's text; offsets count characters of the whole.
         */
        ItemText: {
            /** End */
            end: number;
            /**
             * Item Id
             * Format: uuid
             */
            item_id: string;
            /** Pages */
            pages: components["schemas"]["PageSpan"][];
            /** Sections */
            sections: components["schemas"]["SectionSpan"][];
            /** Start */
            start: number;
            /** Text */
            text: string;
            /** Title */
            title: string;
            /** Total */
            total: number;
            /** Version */
            version: number;
        };
        /**
         * JobData
         * @description A job as people see it; `progress` of `total` counts what `stage` works on.
         */
        JobData: {
            /** Attempts */
            attempts: number;
            /** Cancel Requested */
            cancel_requested: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Ended At */
            ended_at: string | null;
            /** Error */
            error: string | null;
            /** Error Code */
            error_code: string | null;
            /** Item Id */
            item_id: string | null;
            /**
             * Job Id
             * Format: uuid
             */
            job_id: string;
            /** Kind */
            kind: string;
            /** Progress */
            progress: number;
            /** Result */
            result: {
                [key: string]: unknown;
            };
            /** Stage */
            stage: string;
            /** Started At */
            started_at: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "queued" | "running" | "done" | "failed" | "cancelled";
            /** Title */
            title: string;
            /** Total */
            total: number;
        };
        /**
         * JobList
         * @description Newest first.
         */
        JobList: {
            /** Jobs */
            jobs: components["schemas"]["JobData"][];
        };
        /**
         * JournalPage
         * @description A page of the journal: its place below it, its size in bytes, when it was written.
         */
        JournalPage: {
            /** Place */
            place: string;
            /** Size */
            size: number;
            /**
             * Written At
             * Format: date-time
             */
            written_at: string;
        };
        Json: unknown;
        /**
         * KeeperData
         * @description A person who keeps something. `share` is how full the fullest of their quotas is, 0 to 1.
         */
        KeeperData: {
            /** Quotas */
            quotas: components["schemas"]["QuotaData"][];
            /**
             * Role
             * @enum {string}
             */
            role: "customer" | "reviewer" | "engineer" | "auditor" | "service";
            /** Share */
            share: number;
            /** User */
            user: string;
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
        };
        /**
         * KeeperList
         * @description Those with the most bytes first.
         */
        KeeperList: {
            /** People */
            people: components["schemas"]["KeeperData"][];
            /** Total */
            total: number;
        };
        /**
         * KeyData
         * @description A token that was given out.
         */
        KeyData: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Label */
            label: string;
            /** Revoked At */
            revoked_at: string | null;
            /**
             * Role
             * @enum {string}
             */
            role: "customer" | "reviewer" | "engineer" | "auditor" | "service";
            /**
             * Token Id
             * Format: uuid
             */
            token_id: string;
            /** User */
            user: string;
        };
        /**
         * KeyList
         * @description Newest first.
         */
        KeyList: {
            /** Tokens */
            tokens: components["schemas"]["KeyData"][];
        };
        /**
         * KnownQuestion
         * @description A question whose answer is known.
         */
        KnownQuestion: {
            /** Places */
            places: components["schemas"]["RightPlace"][];
            /** Question */
            question: string;
        };
        /**
         * KpiData
         * @description One figure, what it means, its value in the window and in the one before.
         */
        KpiData: {
            before: components["schemas"]["KpiValue"];
            /**
             * Better
             * @enum {string}
             */
            better: "up" | "down";
            /** Digits */
            digits: number;
            /** Few */
            few: boolean;
            /** Formula */
            formula: string;
            /** High */
            high: number | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "share" | "mean" | "count" | "percentile";
            /** Low */
            low: number | null;
            /** Meaning */
            meaning: string;
            /** N */
            n: number;
            /** Name */
            name: string;
            /** Title */
            title: string;
            /** Unit */
            unit: string;
            /** Value */
            value: number | null;
        };
        /**
         * KpiDay
         * @description A figure on one local day, with bounds.
         */
        KpiDay: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Few */
            few: boolean;
            /** High */
            high: number | null;
            /** Low */
            low: number | null;
            /** N */
            n: number;
            /** Value */
            value: number | null;
        };
        /**
         * KpiDetail
         * @description One figure with its days (oldest first), its parts (fullest first) and two control charts.
         */
        KpiDetail: {
            before: components["schemas"]["KpiValue"];
            /**
             * Better
             * @enum {string}
             */
            better: "up" | "down";
            cusum: components["schemas"]["ControlState"];
            /** Days */
            days: components["schemas"]["KpiDay"][];
            /** Digits */
            digits: number;
            ewma: components["schemas"]["ControlState"];
            /** Few */
            few: boolean;
            /** Formula */
            formula: string;
            /** High */
            high: number | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "share" | "mean" | "count" | "percentile";
            /** Low */
            low: number | null;
            /** Meaning */
            meaning: string;
            /** N */
            n: number;
            /** Name */
            name: string;
            /** Segment */
            segment: string;
            /** Segments */
            segments: components["schemas"]["KpiSegment"][];
            /** Title */
            title: string;
            /** Unit */
            unit: string;
            /** Value */
            value: number | null;
        };
        /**
         * KpiList
         * @description All figures of a window; hours up to `measured_to` have been measured.
         */
        KpiList: {
            /**
             * From
             * Format: date-time
             */
            from: string;
            /** Kpis */
            kpis: components["schemas"]["KpiData"][];
            /** Measured To */
            measured_to: string | null;
            /**
             * To
             * Format: date-time
             */
            to: string;
            tone: components["schemas"]["ToneReport"] | null;
        };
        /**
         * KpiSegment
         * @description A figure in one part.
         */
        KpiSegment: {
            /** Few */
            few: boolean;
            /** High */
            high: number | null;
            /** Low */
            low: number | null;
            /** N */
            n: number;
            /** Segment */
            segment: string;
            /** Value */
            value: number | null;
        };
        /**
         * KpiSpan
         * @description Hours to measure anew, whatever they were measured from; nothing: what is due.
         */
        KpiSpan: {
            /**
             * From
             * @description Begin (ISO 8601); a time without offset is UTC.
             */
            from?: string | null;
            /**
             * To
             * @description End, not included.
             */
            to?: string | null;
        };
        /**
         * KpiValue
         * @description A figure over a window with its 95 % bounds, from `n` cases. Shares lie between 0 and 1. Null: too little to say.
         *
         *     `few`: fewer than five people are behind it; then nothing is told, not even from how many cases.
         */
        KpiValue: {
            /** Few */
            few: boolean;
            /** High */
            high: number | null;
            /** Low */
            low: number | null;
            /** N */
            n: number;
            /** Value */
            value: number | null;
        };
        /**
         * Labelled
         * @description The label stands; how many there are, and from how many on they teach a model.
         */
        Labelled: {
            /** Labels */
            labels: number;
            /** Needed */
            needed: number;
        };
        /**
         * LastReading
         * @description A meter's newest reading.
         */
        LastReading: {
            /** Consumption Kw */
            consumption_kw: number | null;
            /** Production Kw */
            production_kw: number | null;
            /** Quality */
            quality: string;
            /** Ts */
            ts: number;
        };
        /**
         * Latency
         * @description Milliseconds an answer took in the last seven days; null without questions.
         */
        Latency: {
            /** P50 */
            p50: number | null;
            /** P95 */
            p95: number | null;
        };
        /**
         * LearnedEntry
         * @description A row with what it stands for. `terms` are the documents' words for the topic, as far as they have any.
         */
        LearnedEntry: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Cutoff
             * Format: date-time
             */
            cutoff: string;
            /** Effect */
            effect: {
                [key: string]: unknown;
            };
            /** Ended At */
            ended_at: string | null;
            /** Ended By */
            ended_by: string | null;
            /**
             * Entry Id
             * Format: uuid
             */
            entry_id: string;
            /** Evidence */
            evidence: number;
            /** Few */
            few: boolean;
            /**
             * Kind
             * @enum {string}
             */
            kind: "release" | "topic" | "term";
            /** Passages */
            passages: components["schemas"]["LearnedPassageData"][];
            /** Reasons */
            reasons: string[];
            /**
             * Release Id
             * Format: uuid
             */
            release_id: string;
            /** Started By */
            started_by: string;
            /**
             * State
             * @enum {string}
             */
            state: "rejected" | "live" | "former" | "undone" | "waiting" | "declined";
            /** Subjects */
            subjects: number;
            /** Terms */
            terms: string[];
            /** What */
            what: string;
        };
        /**
         * LearnedPassageData
         * @description A passage of a topic: counts for and against, from how many pseudonyms, and how surely it is preferred (1) or avoided (-1).
         */
        LearnedPassageData: {
            /**
             * Chunk Id
             * Format: uuid
             */
            chunk_id: string;
            /** Down */
            down: number;
            /** Item Id */
            item_id: string | null;
            /** Preference */
            preference: number;
            /** Subjects */
            subjects: number;
            /** Title */
            title: string;
            /** Up */
            up: number;
        };
        /**
         * LearnedRow
         * @description A row of the ledger: what was learned, from how many judgements of how many pseudonyms, up to when, and what became of it.
         *
         *     `few`: of fewer than five; then neither words nor numbers are told.
         */
        LearnedRow: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Cutoff
             * Format: date-time
             */
            cutoff: string;
            /** Ended At */
            ended_at: string | null;
            /** Ended By */
            ended_by: string | null;
            /**
             * Entry Id
             * Format: uuid
             */
            entry_id: string;
            /** Evidence */
            evidence: number;
            /** Few */
            few: boolean;
            /**
             * Kind
             * @enum {string}
             */
            kind: "release" | "topic" | "term";
            /**
             * Release Id
             * Format: uuid
             */
            release_id: string;
            /** Started By */
            started_by: string;
            /**
             * State
             * @enum {string}
             */
            state: "rejected" | "live" | "former" | "undone" | "waiting" | "declined";
            /** Subjects */
            subjects: number;
            /** What */
            what: string;
        };
        /**
         * LearningPlan
         * @description Whether learning runs by itself, and at which hour (Europe/Berlin).
         */
        LearningPlan: {
            /** Hour */
            hour: number;
            /** On */
            on: boolean;
        };
        /**
         * LearningQuestions
         * @description The operator's questions for measuring; they replace those before.
         */
        LearningQuestions: {
            /** Questions */
            questions: components["schemas"]["KnownQuestion"][];
        };
        /**
         * LearningState
         * @description Whether learning runs by itself and at which hour (Europe/Berlin), what is live, and the ledger, newest first.
         */
        LearningState: {
            /** Entries */
            entries: components["schemas"]["LearnedRow"][];
            /** Hour */
            hour: number;
            /** Job Id */
            job_id: string | null;
            /** Live */
            live: string | null;
            /** On */
            on: boolean;
            /** Total */
            total: number;
            /** Tried */
            tried: string | null;
        };
        /**
         * LearningSwitch
         * @description At which hour learning runs by itself.
         */
        LearningSwitch: {
            /** Hour */
            hour?: number | null;
        };
        /**
         * Limits
         * @description What a request may hold at most.
         */
        Limits: {
            /** Question Chars */
            question_chars: number;
            /** Top K */
            top_k: number;
            /** Upload Bytes */
            upload_bytes: number;
        };
        /**
         * LoadData
         * @description A load that runs once a local day in its window: `profile_kw` (mean power of each quarter-hour), or `energy_kwh` with `max_kw`.
         *
         *     With `penalty_eur_kwh` it may lack energy at that price; without it must run.
         */
        LoadData: {
            /** Energy Kwh */
            energy_kwh?: number | null;
            /** Interruptible */
            interruptible?: boolean | null;
            /** Max Kw */
            max_kw?: number | null;
            /** Min Kw */
            min_kw?: number | null;
            /** Min Run Minutes */
            min_run_minutes?: number | null;
            /** Name */
            name: string;
            /** Penalty Eur Kwh */
            penalty_eur_kwh?: number | null;
            /** Profile Kw */
            profile_kw?: number[] | null;
            /** Window */
            window?: string | null;
        };
        /**
         * MarkBox
         * @description A rectangle on a page, in fractions of its width and height.
         */
        MarkBox: {
            /** H */
            h: number;
            /** W */
            w: number;
            /** X */
            x: number;
            /** Y */
            y: number;
        };
        /**
         * MeterChange
         * @description What to change of a meter; what is not named stays. `owner` is who has it from now on (who first gets a meter has all its past), null
         *     the company; times are given by assignments. `shared`: while it is the company's, everybody who signs in reads it.
         *
         *     From `tariff` on these are the meter's facts, which costs, recommendations, schedules and explanations reckon with; null removes one.
         */
        MeterChange: {
            /**
             * Controllable Kw
             * @description Its power.
             */
            controllable_kw?: number | null;
            /**
             * Controllable Kwh
             * @description What the controllable device uses in a year.
             */
            controllable_kwh?: number | null;
            /**
             * Grid Fee Ct
             * @description The grid's price of a kWh in ct.
             */
            grid_fee_ct?: number | null;
            /** Keep Days */
            keep_days?: number | null;
            /** Kind */
            kind?: ("household" | "business" | "pv" | "battery" | "ev" | "heat_pump" | "grid" | "other") | null;
            /**
             * Module 1 Eur
             * @description What module 1 of § 14a EnWG takes off in a year.
             */
            module_1_eur?: number | null;
            /** Owner */
            owner?: string | null;
            /**
             * Peak Eur Kw
             * @description Price of the year's highest quarter-hour.
             */
            peak_eur_kw?: number | null;
            plant?: components["schemas"]["PlantData"] | null;
            /**
             * Pv Kwp
             * @description Peak power of the PV.
             */
            pv_kwp?: number | null;
            /**
             * Region
             * @description The place whose weather the meter has.
             */
            region?: string | null;
            /** Shared */
            shared?: boolean | null;
            tariff?: components["schemas"]["TariffData"] | null;
            /** Title */
            title?: string | null;
        };
        /**
         * MeterData
         * @description A meter. `mine`: the caller has it now; `customer`, who has it now, is told to the operator.
         *
         *     `missing_s`: seconds of the last seven days, up to the newest reading, of which nothing is known.
         */
        MeterData: {
            /** Customer */
            customer: string | null;
            /** Facts */
            facts: {
                [key: string]: unknown;
            };
            /** Keep Days */
            keep_days: number | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "household" | "business" | "pv" | "battery" | "ev" | "heat_pump" | "grid" | "other";
            last: components["schemas"]["LastReading"] | null;
            /** Meter Id */
            meter_id: string;
            /** Mine */
            mine: boolean;
            /** Missing S */
            missing_s: number | null;
            /** Seconds */
            seconds: number;
            /** Shared */
            shared: boolean;
            /** Simulated */
            simulated: boolean;
            /** Title */
            title: string;
        };
        /**
         * MeterDetail
         * @description A meter with the gaps of the last seven days.
         */
        MeterDetail: {
            /** Customer */
            customer: string | null;
            /** Facts */
            facts: {
                [key: string]: unknown;
            };
            /** First */
            first: number | null;
            /** Gaps */
            gaps: components["schemas"]["Gap"][];
            /** Keep Days */
            keep_days: number | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "household" | "business" | "pv" | "battery" | "ev" | "heat_pump" | "grid" | "other";
            last: components["schemas"]["LastReading"] | null;
            /** Meter Id */
            meter_id: string;
            /** Mine */
            mine: boolean;
            /** Missing S */
            missing_s: number | null;
            /** Seconds */
            seconds: number;
            /** Shared */
            shared: boolean;
            /** Simulated */
            simulated: boolean;
            /** Title */
            title: string;
        };
        /**
         * MeterList
         * @description Meters in the order of their ids.
         */
        MeterList: {
            /** Meters */
            meters: components["schemas"]["MeterData"][];
            /** Total */
            total: number;
        };
        /**
         * MeterSeries
         * @description Consumption of a meter, and its production where it has any.
         */
        MeterSeries: {
            columns: components["schemas"]["Columns"];
            /** Meter Id */
            meter_id: string;
            peak: components["schemas"]["Peak"] | null;
            production: components["schemas"]["Values"] | null;
            /** Quality */
            quality: {
                [key: string]: number;
            };
            /** Resolution */
            resolution: number;
            /** Unit */
            unit: string;
        };
        /**
         * Models
         * @description Names of the models in use; "" means that answers are composed from sentences.
         */
        Models: {
            /** Embed */
            embed: string | null;
            /** Generate */
            generate: string;
        };
        /**
         * Monitor
         * @description Everything an operator watches; `problems` says in words what is wrong, the worst first. `jobs`: null while the database is away.
         */
        Monitor: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            jobs: components["schemas"]["WatchedJobs"] | null;
            machine: components["schemas"]["WatchedMachine"];
            /** Pages */
            pages: components["schemas"]["JournalPage"][];
            /** Problems */
            problems: string[];
            /** Services */
            services: components["schemas"]["WatchedService"][];
            /**
             * Status
             * @enum {string}
             */
            status: "ok" | "degraded" | "failed";
        };
        /**
         * NewErasure
         * @description Whom to erase, and whether all snapshots from before go at once too.
         */
        NewErasure: {
            /**
             * Purge Snapshots
             * @default false
             */
            purge_snapshots?: boolean;
            /** Subject */
            subject: string;
        };
        /**
         * NewKey
         * @description Whom a token is for, and as what.
         */
        NewKey: {
            /**
             * Days
             * @default 90
             */
            days?: number;
            /**
             * Label
             * @default
             */
            label?: string;
            /**
             * Role
             * @description What the person is from now on; left out, they stay what they are.
             */
            role?: ("customer" | "reviewer" | "engineer" | "auditor" | "service") | null;
            /** User */
            user: string;
        };
        /**
         * NewPrompt
         * @description A new version, in the form of `prompts/luna.yml`; the version's name is the one in it.
         */
        NewPrompt: {
            /**
             * Note
             * @default
             */
            note?: string;
            /** Yaml */
            yaml: string;
        };
        /**
         * NewThresholds
         * @description The whole text; `version` is the one that was edited, so that nobody's edit is lost.
         */
        NewThresholds: {
            /** Text */
            text: string;
            /** Version */
            version: string;
        };
        /**
         * NewTicket
         * @description What is to be done; words are redacted before they are stored.
         */
        NewTicket: {
            /** Gap Id */
            gap_id?: string | null;
            /**
             * Kind
             * @default other
             * @enum {string}
             */
            kind?: "knowledge" | "prompt" | "ranking" | "training" | "operations" | "other";
            /**
             * Owner
             * @default lumina
             * @enum {string}
             */
            owner?: "chronos" | "lumina" | "orion" | "aura";
            /**
             * Text
             * @default
             */
            text?: string;
            /** Title */
            title: string;
        };
        /**
         * NewVocabulary
         * @description The whole file; `version` is the one that was edited, so that nobody's edit is lost.
         */
        NewVocabulary: {
            /** Text */
            text: string;
            /** Version */
            version: string;
        };
        /**
         * NextReview
         * @description The entry to look at now, nobody else's for a quarter of an hour; null when nothing is open.
         */
        NextReview: {
            counts: components["schemas"]["ReviewCounts"];
            review: components["schemas"]["ReviewData"] | null;
        };
        /**
         * NoticeData
         * @description What was told through a channel, or is to be.
         */
        NoticeData: {
            /** Channel */
            channel: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Ended At */
            ended_at: string | null;
            /** Error */
            error: string | null;
            /** Event */
            event: string;
            /**
             * Notice Id
             * Format: uuid
             */
            notice_id: string;
            /**
             * State
             * @enum {string}
             */
            state: "queued" | "sent" | "failed";
            /** Title */
            title: string;
        };
        /**
         * VersionData
         * @description A version; `valid_to` null: it stands today.
         */
        nova__api__models__items__VersionData: {
            /** Bytes */
            bytes: number;
            /** Chars */
            chars: number | null;
            /** Filename */
            filename: string;
            /** Media Type */
            media_type: string;
            /** Pages */
            pages: number | null;
            /** State */
            state: string;
            /**
             * Valid From
             * Format: date-time
             */
            valid_from: string;
            /** Valid To */
            valid_to: string | null;
            /** Version */
            version: number;
        };
        /**
         * VersionData
         * @description What a value was until `replaced_at`, or (null) is.
         */
        nova__api__models__owning__VersionData: {
            /** Batch Id */
            batch_id: number;
            delivery: components["schemas"]["DeliveryData"] | null;
            /** Quality */
            quality: string;
            /** Replaced At */
            replaced_at: string | null;
            /** Values */
            values: {
                [key: string]: number | null;
            };
        };
        /**
         * Objected
         * @description What the person still agrees to.
         */
        Objected: {
            /** Agreed */
            agreed: string[];
        };
        /**
         * OpenAIFailure
         * @description Every answer of the OpenAI paths that is no success.
         */
        OpenAIFailure: {
            error: components["schemas"]["OpenAIProblem"];
            /**
             * Trace Id
             * Format: uuid
             */
            trace_id: string;
        };
        /**
         * OpenAIProblem
         * @description What is wrong, in OpenAI's words.
         */
        OpenAIProblem: {
            /** Code */
            code: string;
            /** Message */
            message: string;
            /** Param */
            param: null;
            /**
             * Type
             * @enum {string}
             */
            type: "invalid_request_error" | "server_error";
        };
        /**
         * OpenedToken
         * @description What a token stands for.
         */
        OpenedToken: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "email" | "phone" | "iban" | "tax_id" | "malo" | "melo" | "meter" | "name" | "address" | "customer_no" | "contract_no" | "birth_date" | "id_card" | "plate" | "ip";
            /**
             * Subject Id
             * Format: uuid
             */
            subject_id: string;
            /** Token */
            token: string;
            /** Value */
            value: string;
        };
        /**
         * OpenRequest
         * @description A token of a text, why its value is needed, and whose it is where several persons share the value.
         */
        OpenRequest: {
            /**
             * Reason
             * @enum {string}
             */
            reason: "rueckruf" | "stoerung" | "abrechnung" | "auskunft" | "rechtspflicht" | "sicherheit";
            /** Subject Id */
            subject_id?: string | null;
            /** Token */
            token: string;
        };
        /**
         * OthersConsent
         * @description What a person said elsewhere (on paper, at the telephone): `user` is the name other systems know, or a pseudonym.
         */
        OthersConsent: {
            /** At */
            at?: string | null;
            purposes: components["schemas"]["Purposes"];
            /**
             * Source
             * @default betrieb
             */
            source?: string;
            /**
             * Text Sha256
             * @description Needed for a version that Nova has not heard of.
             */
            text_sha256?: string | null;
            /** User */
            user: string;
            /** Version */
            version: string;
        };
        /**
         * Overview
         * @description The figures of the first page: the company's own documents, and what people did, null where fewer than five did it.
         */
        Overview: {
            /** Answered Share 7D */
            answered_share_7d: number | null;
            /** Chunks */
            chunks: number;
            /** Events Per Day */
            events_per_day: components["schemas"]["DayType"][];
            feedback: components["schemas"]["FeedbackCounts"];
            /** Items */
            items: number;
            latency_ms: components["schemas"]["Latency"];
            /** Questions 7D */
            questions_7d: number | null;
            /** Questions Today */
            questions_today: number | null;
            /** Sections */
            sections: number;
        };
        /**
         * OwnConsent
         * @description What holds, the text, and all that was said, newest first.
         */
        OwnConsent: {
            /** History */
            history: components["schemas"]["ConsentEntry"][];
            /** Purposes */
            purposes: components["schemas"]["ConsentState"][];
            text: components["schemas"]["ConsentTextData"];
        };
        /**
         * OwnErasure
         * @description One's own erasure that is asked for and not done; all None where there is none.
         */
        OwnErasure: {
            /** Asked At */
            asked_at: string | null;
            /** Erasure Id */
            erasure_id: string | null;
            /** State */
            state: ("queued" | "running" | "done" | "failed" | "cancelled" | "stopped") | null;
            /** State Text */
            state_text: string | null;
        };
        /**
         * OwnQuota
         * @description What the caller may use; `budget` is null where nothing limits it.
         */
        OwnQuota: {
            budget: components["schemas"]["BudgetData"] | null;
            /** Quotas */
            quotas: components["schemas"]["QuotaData"][];
        };
        /**
         * PageMarks
         * @description Where a span of the text stands on a page; width and height in points.
         */
        PageMarks: {
            /** Boxes */
            boxes: components["schemas"]["MarkBox"][];
            /** Height */
            height: number;
            /** Width */
            width: number;
        };
        /**
         * PageSpan
         * @description A page's span in the text.
         */
        PageSpan: {
            /** End */
            end: number;
            /** Number */
            number: number;
            /** Start */
            start: number;
        };
        /**
         * PassageData
         * @description A passage Luna read.
         */
        PassageData: {
            /**
             * Chunk Id
             * Format: uuid
             */
            chunk_id: string;
            /**
             * Item Id
             * Format: uuid
             */
            item_id: string;
            /** Page */
            page: number | null;
            /** Score */
            score: number;
            /** Section */
            section: string;
            /** Text */
            text: string;
            /** Title */
            title: string;
        };
        /**
         * PassagesEvent
         * @description `event: passages`: what Luna read.
         */
        PassagesEvent: {
            /** Passages */
            passages: components["schemas"]["PassageData"][];
        };
        /**
         * Peak
         * @description The greatest value and when its interval began.
         */
        Peak: {
            /** Ts */
            ts: number;
            /** Value */
            value: number;
        };
        /**
         * PersonConsent
         * @description What one person said, by pseudonym. `known` false: nobody had heard of them before this was noted.
         */
        PersonConsent: {
            /** History */
            history: components["schemas"]["ConsentEntry"][];
            /**
             * Known
             * @default true
             */
            known?: boolean;
            /** Purposes */
            purposes: components["schemas"]["ConsentState"][];
            /**
             * Subject Id
             * Format: uuid
             */
            subject_id: string;
        };
        /**
         * PipelineRequest
         * @description `replay`: make all passages anew.
         */
        PipelineRequest: {
            /**
             * Replay
             * @default false
             */
            replay?: boolean;
        };
        /**
         * PlantData
         * @description Everything behind one grid connection, as a plant's file has it. What is left out is as in the file.
         */
        PlantData: {
            base?: components["schemas"]["BaseData"] | null;
            battery?: components["schemas"]["BatteryData"] | null;
            grid?: components["schemas"]["GridData"] | null;
            /** Loads */
            loads?: components["schemas"]["LoadData"][] | null;
            /** Name */
            name?: string | null;
            pv?: components["schemas"]["PvData"] | null;
            tariff?: components["schemas"]["PlantTariff"] | null;
        };
        /**
         * PlantTariff
         * @description What a schedule reckons with: spot price (or `fixed_ct_kwh`) plus surcharge, VAT on both; `peak_eur_kw` above `peak_so_far_kw`.
         */
        PlantTariff: {
            /** Feed In Ct Kwh */
            feed_in_ct_kwh?: number | null;
            /** Fixed Ct Kwh */
            fixed_ct_kwh?: number | null;
            /** Peak Eur Kw */
            peak_eur_kw?: number | null;
            /** Peak So Far Kw */
            peak_so_far_kw?: number | null;
            /** Surcharge Ct Kwh */
            surcharge_ct_kwh?: number | null;
            /** Vat Percent */
            vat_percent?: number | null;
        };
        /**
         * PriceSeries
         * @description Prices of a product.
         */
        PriceSeries: {
            columns: components["schemas"]["Columns"];
            /** Market */
            market: string;
            /** Product */
            product: string;
            /** Quality */
            quality: {
                [key: string]: number;
            };
            /** Resolution */
            resolution: number;
            /** Unit */
            unit: string;
            /** Zone */
            zone: string;
        };
        /**
         * ProductData
         * @description A product that can be asked for, the lengths of its intervals in seconds, and from when to when (excluded) prices are known.
         *
         *     `derived`: nobody delivers it, it is made from day-ahead.
         */
        ProductData: {
            /** Derived */
            derived: boolean;
            /** Market */
            market: string;
            /** Product */
            product: string;
            /** Seconds */
            seconds: number[];
            /** Since */
            since: number;
            /** Until */
            until: number;
            /** Zone */
            zone: string;
        };
        /**
         * ProductList
         * @description Products of real markets first, of each market day-ahead first.
         */
        ProductList: {
            /** Products */
            products: components["schemas"]["ProductData"][];
        };
        /**
         * ProgressReport
         * @description The report by week, the newest first; `markdown` is the same as a page.
         */
        ProgressReport: {
            /** Alerts */
            alerts: components["schemas"]["ReportedAlert"][];
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Markdown */
            markdown: string;
            /** Releases */
            releases: components["schemas"]["ReportedRelease"][];
            /** Standing */
            standing: {
                [key: string]: number;
            };
            /** Tickets */
            tickets: components["schemas"]["ReportedTicket"][];
            /** Weeks */
            weeks: components["schemas"]["ReportedWeek"][];
        };
        /**
         * Promotion
         * @description What was compared, and whether the version is live now.
         */
        Promotion: {
            comparison: components["schemas"]["PromptComparison"];
            /** Promoted */
            promoted: boolean;
        };
        /**
         * PromptComparison
         * @description A version beside the one it would replace, since its trial began; `seal` promotes exactly what was seen.
         */
        PromptComparison: {
            /** Against */
            against: string;
            /** Chance */
            chance: number | null;
            /** Note */
            note: string;
            /** Rows */
            rows: components["schemas"]["PromptFigures"][];
            /** Seal */
            seal: string;
            /** Since */
            since: string | null;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "better" | "worse" | "open";
            /** Version */
            version: string;
        };
        /**
         * PromptData
         * @description A version of the prompt; the file's has the state `base`. `share` of the people are told by it while it is on trial.
         */
        PromptData: {
            /** Before */
            before: string | null;
            /** Created At */
            created_at: string | null;
            /** Created By */
            created_by: string;
            /** Live At */
            live_at: string | null;
            /** Note */
            note: string;
            /** Retired At */
            retired_at: string | null;
            /** Share */
            share: number;
            /**
             * State
             * @enum {string}
             */
            state: "base" | "draft" | "trial" | "live" | "retired";
            /** Trial At */
            trial_at: string | null;
            /** Version */
            version: string;
            /** Yaml */
            yaml: string;
        };
        /**
         * PromptDetail
         * @description A version and how it compares.
         */
        PromptDetail: {
            /** Before */
            before: string | null;
            comparison: components["schemas"]["PromptComparison"] | null;
            /** Created At */
            created_at: string | null;
            /** Created By */
            created_by: string;
            /** Live At */
            live_at: string | null;
            /** Note */
            note: string;
            /** Retired At */
            retired_at: string | null;
            /** Share */
            share: number;
            /**
             * State
             * @enum {string}
             */
            state: "base" | "draft" | "trial" | "live" | "retired";
            /** Trial At */
            trial_at: string | null;
            /** Version */
            version: string;
            /** Yaml */
            yaml: string;
        };
        /**
         * PromptFigures
         * @description What came of a version's answers, shares from 0 to 1 with 95 % bounds; null without cases.
         */
        PromptFigures: {
            /** Answers */
            answers: number;
            /** Grounded */
            grounded: number | null;
            /** Judged */
            judged: number;
            /** Refused */
            refused: number | null;
            /** Useful */
            useful: number | null;
            /** Useful High */
            useful_high: number | null;
            /** Useful Low */
            useful_low: number | null;
            /** Version */
            version: string;
        };
        /**
         * PromptList
         * @description Newest first, the file's version last. `note` says when prompts have no effect at all.
         */
        PromptList: {
            /** Note */
            note: string;
            /** Prompts */
            prompts: components["schemas"]["PromptData"][];
        };
        /**
         * PromptPromotion
         * @description Without `seal` only the comparison comes back; with the one that came back the version goes live.
         */
        PromptPromotion: {
            /**
             * Seal
             * @default
             */
            seal?: string;
        };
        /**
         * PromptTrial
         * @description Which share of the people (0 to 1) is told by the version; 0 ends the trial.
         */
        PromptTrial: {
            /**
             * Share
             * @default 0.5
             */
            share?: number;
        };
        /**
         * ProofData
         * @description A restore that was tried. `what`: the file itself, or a plain one made in the same way because the key is not here.
         */
        ProofData: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Ok */
            ok: boolean;
            /** Problems */
            problems: string[];
            /** Questions */
            questions: number;
            /** Seconds */
            seconds: number;
            /**
             * Snapshot Id
             * Format: uuid
             */
            snapshot_id: string;
            /**
             * What
             * @enum {string}
             */
            what: "file" | "like";
        };
        /**
         * Purposes
         * @description Yes or no to each purpose that is spoken of; what is left out stays as it is.
         */
        Purposes: {
            /**
             * Analytics
             * @default null
             */
            analytics?: boolean | null;
            /**
             * Profiling
             * @default null
             */
            profiling?: boolean | null;
            /**
             * Service
             * @default null
             */
            service?: boolean | null;
            /**
             * Training
             * @default null
             */
            training?: boolean | null;
        };
        /**
         * Pushed
         * @description What became of rows that were sent: stored, or known from before.
         */
        Pushed: {
            /** Report */
            report: {
                [key: string]: unknown;
            };
        };
        /**
         * PvData
         * @description What PV makes, in the same form; `curtailable`: it may be turned down.
         */
        PvData: {
            /** Curtailable */
            curtailable?: boolean | null;
            /** Kw */
            kw: number[];
        };
        /**
         * QualityList
         * @description A page of passages or documents.
         */
        QualityList: {
            /** Rows */
            rows: components["schemas"]["QualityRow"][];
            /** Total */
            total: number;
        };
        /**
         * QualityRow
         * @description How often it was `cited`, in how many judged answers it was useful or not, and the share that follows (Beta, with 95 % bounds).
         */
        QualityRow: {
            /** Chunk Id */
            chunk_id: string | null;
            /** Cited */
            cited: number;
            /** High */
            high: number;
            /**
             * Item Id
             * Format: uuid
             */
            item_id: string;
            /** Low */
            low: number;
            /** Not Useful */
            not_useful: number;
            /** Section */
            section: string | null;
            /** Share */
            share: number;
            /** Title */
            title: string | null;
            /** Useful */
            useful: number;
        };
        /**
         * QuestionCorrection
         * @description What the person really asked: replaces the question of an answer.
         */
        QuestionCorrection: {
            /**
             * Answer Id
             * Format: uuid
             */
            answer_id: string;
            /** Question */
            question: string;
        };
        /**
         * QuotaData
         * @description How much of something a person keeps, and may keep (null: no limit); `text` says what makes room, in German.
         */
        QuotaData: {
            /** Most */
            most: number | null;
            /**
             * Quota
             * @enum {string}
             */
            quota: "documents" | "meters" | "bytes" | "tokens" | "jobs";
            /** Text */
            text: string;
            /** Used */
            used: number;
        };
        /**
         * RecommendationData
         * @description What is recommended for a local day, from `valid_from` to `valid_to`. `norms` are named in its text, `terms` find passages.
         *
         *     Its numbers rest on readings of so many `days`, a `year_share` from 0 to 1; null where that was not noted.
         */
        RecommendationData: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Days */
            days: number | null;
            /** Decided At */
            decided_at: string | null;
            /** Eur */
            eur: number | null;
            /** Facts */
            facts: components["schemas"]["EvidenceFact"][];
            /** Kwh */
            kwh: number | null;
            /** May Decide */
            may_decide: boolean;
            /** Meter Id */
            meter_id: string;
            /** Meter Title */
            meter_title: string;
            /** Norms */
            norms: string[];
            /** Reason */
            reason: string | null;
            /**
             * Recommendation Id
             * Format: uuid
             */
            recommendation_id: string;
            /** Rule */
            rule: string;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "taken" | "later" | "declined" | "past";
            /** Terms */
            terms: string[];
            /** Text */
            text: string;
            /** Title */
            title: string;
            /** Valid From */
            valid_from: number;
            /** Valid To */
            valid_to: number;
            /** Year Share */
            year_share: number | null;
        };
        /**
         * RecommendationList
         * @description The most EUR first.
         */
        RecommendationList: {
            /** Recommendations */
            recommendations: components["schemas"]["RecommendationData"][];
            /** Total */
            total: number;
        };
        /**
         * RecommendRequest
         * @description For whom (their own id; the operator may name anyone or nobody), and how many.
         */
        RecommendRequest: {
            /**
             * Top K
             * @default 10
             */
            top_k?: number;
            /** User Id */
            user_id?: string | null;
        };
        /**
         * Recomputed
         * @description A fact's number then and now. `reason` says in German why there is none now.
         */
        Recomputed: {
            /** Chart */
            chart: {
                [key: string]: unknown;
            } | null;
            /**
             * Computed At
             * Format: date-time
             */
            computed_at: string;
            /** Equal */
            equal: boolean;
            /**
             * Fact Id
             * Format: uuid
             */
            fact_id: string;
            /** Reason */
            reason: string;
            /** Rows */
            rows: number;
            /** Rows Now */
            rows_now: number;
            /** Text */
            text: string;
            /** Text Now */
            text_now: string;
            /** Unit */
            unit: string;
            /** Unit Now */
            unit_now: string;
            /** Value */
            value: number | null;
            /** Value Now */
            value_now: number | null;
        };
        /**
         * RefusalCount
         * @description How often something was not stored on a day, and why.
         */
        RefusalCount: {
            /** Day */
            day: string;
            /** N */
            n: number;
            /** Reason */
            reason: string;
            /** Source */
            source: string;
        };
        /**
         * ReindexFilter
         * @description Which documents to index again.
         */
        ReindexFilter: {
            /** Kind */
            kind?: ("document" | "regulation" | "note") | null;
            /** Tag */
            tag?: string | null;
        };
        /**
         * ReindexRequest
         * @description Nothing given: everything. `relearn` makes a new version of the analyser first.
         */
        ReindexRequest: {
            filter?: components["schemas"]["ReindexFilter"] | null;
            /** Item Ids */
            item_ids?: string[] | null;
            /**
             * Relearn
             * @default false
             */
            relearn?: boolean;
        };
        /**
         * ReportedAlert
         * @description An alert that has not ended.
         */
        ReportedAlert: {
            /** Kpi */
            kpi: string;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Rule */
            rule: string;
            /** Segment */
            segment: string;
            /**
             * Worst
             * @enum {string}
             */
            worst: "warn" | "critical";
        };
        /**
         * ReportedKpi
         * @description A figure over a span: shares from 0 to 1, 95 % bounds, from `n` cases; a trend only where the bounds of both spans lie apart.
         *
         *     `few`: fewer than five people are behind it; then nothing is told.
         */
        ReportedKpi: {
            /** Few */
            few: boolean;
            /** High */
            high: number | null;
            /** Kpi */
            kpi: string;
            /** Low */
            low: number | null;
            /** N */
            n: number;
            /** Title */
            title: string;
            /**
             * Trend
             * @enum {string}
             */
            trend: "better" | "worse" | "steady" | "unknown";
            /** Unit */
            unit: string;
            /** Value */
            value: number | null;
        };
        /**
         * ReportedRelease
         * @description An attempt to learn: from how much evidence of how many pseudonyms; null where they are fewer than five.
         */
        ReportedRelease: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Evidence */
            evidence: number | null;
            /**
             * Release Id
             * Format: uuid
             */
            release_id: string;
            /** State */
            state: string;
            /** Subjects */
            subjects: number | null;
        };
        /**
         * ReportedTicket
         * @description A ticket that waits, without what people wrote to it.
         */
        ReportedTicket: {
            /** Kind */
            kind: string;
            /** Kpi */
            kpi: string;
            /** Number */
            number: number;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Owner */
            owner: string;
            /** Rule */
            rule: string;
            /** State */
            state: string;
        };
        /**
         * ReportedWeek
         * @description What was done and measured in [frm, to); `counts` by name.
         */
        ReportedWeek: {
            /** Complete */
            complete: boolean;
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /**
             * Frm
             * Format: date-time
             */
            frm: string;
            /** Kpis */
            kpis: components["schemas"]["ReportedKpi"][];
            /** Label */
            label: string;
            /**
             * To
             * Format: date-time
             */
            to: string;
        };
        /**
         * RetentionData
         * @description The rules in force, where they stand, and what the last run removed.
         */
        RetentionData: {
            /** File */
            file: string;
            /** Own */
            own: boolean;
            /** Rules */
            rules: components["schemas"]["RetentionRule"][];
        };
        /**
         * RetentionDone
         * @description Rows by rule that are past it, and the job that removes them (None with `dry_run`).
         */
        RetentionDone: {
            /** Dry Run */
            dry_run: boolean;
            /** Due */
            due: {
                [key: string]: number;
            };
            /** Job Id */
            job_id: string | null;
        };
        /**
         * RetentionRule
         * @description How long the rows of a kind are kept; `days` None: always. `due` rows are past it now.
         */
        RetentionRule: {
            /** Days */
            days: number | null;
            /** Due */
            due: number;
            /** Name */
            name: string;
            /** Title */
            title: string;
        };
        /**
         * RetentionRun
         * @description `dry_run` counts and changes nothing.
         */
        RetentionRun: {
            /**
             * Dry Run
             * @default true
             */
            dry_run?: boolean;
        };
        /**
         * ReviewCounts
         * @description How many entries stand where; `pairs` are corrected answers that may be learned from.
         */
        ReviewCounts: {
            /** Accepted */
            accepted: number;
            /** Changed */
            changed: number;
            /** Open */
            open: number;
            /** Pairs */
            pairs: number;
            /** Rejected */
            rejected: number;
        };
        /**
         * ReviewData
         * @description An entry with the answer it is about and what an editor made of it. `training`: the person agreed that it is learned from.
         */
        ReviewData: {
            /** Answer */
            answer: string;
            /**
             * Answer Id
             * Format: uuid
             */
            answer_id: string;
            /** Approver */
            approver: string | null;
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Citations */
            citations: {
                [key: string]: unknown;
            }[];
            /** Claimed By */
            claimed_by: string | null;
            /** Claimed Until */
            claimed_until: string | null;
            /** Conversation Id */
            conversation_id: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Curated Answer */
            curated_answer: string | null;
            /** Curated Question */
            curated_question: string | null;
            /** Decided At */
            decided_at: string | null;
            /** Decided By */
            decided_by: string | null;
            /** Item Id */
            item_id: string | null;
            /** Model */
            model: string;
            /** Note */
            note: string | null;
            /** Priority */
            priority: number;
            /** Prompt Version */
            prompt_version: string;
            /** Publish */
            publish: boolean | null;
            /** Question */
            question: string;
            /** Rating */
            rating: number | null;
            /** Reasons */
            reasons: ("thumbs_down" | "ungrounded" | "weak" | "rare" | "sample")[];
            /**
             * Review Id
             * Format: uuid
             */
            review_id: string;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "accepted" | "rejected" | "changed";
            /** Status */
            status: string;
            /** Training */
            training: boolean;
        };
        /**
         * ReviewDecision
         * @description `aendern` needs the right answer; `publish` makes the answer a document that Luna may cite, with who stands for it.
         */
        ReviewDecision: {
            /** Answer */
            answer?: string | null;
            /** Note */
            note?: string | null;
            /**
             * Publish
             * @default false
             */
            publish?: boolean;
            /** Question */
            question?: string | null;
            /** Rating */
            rating?: number | null;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "annehmen" | "ablehnen" | "aendern" | "ueberspringen";
        };
        /**
         * ReviewList
         * @description The most urgent first; what was decided newest first.
         */
        ReviewList: {
            counts: components["schemas"]["ReviewCounts"];
            /** Reviews */
            reviews: components["schemas"]["ReviewRow"][];
            /** Total */
            total: number;
        };
        /**
         * ReviewRow
         * @description One line of the queue. `reasons` say why it was drawn, `claimed_by` who looks at it.
         */
        ReviewRow: {
            /**
             * Answer Id
             * Format: uuid
             */
            answer_id: string;
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Claimed By */
            claimed_by: string | null;
            /** Claimed Until */
            claimed_until: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Decided At */
            decided_at: string | null;
            /** Decided By */
            decided_by: string | null;
            /** Priority */
            priority: number;
            /** Question */
            question: string;
            /** Rating */
            rating: number | null;
            /** Reasons */
            reasons: ("thumbs_down" | "ungrounded" | "weak" | "rare" | "sample")[];
            /**
             * Review Id
             * Format: uuid
             */
            review_id: string;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "accepted" | "rejected" | "changed";
            /** Status */
            status: string;
        };
        /**
         * RevokedKey
         * @description The token is withdrawn.
         */
        RevokedKey: {
            /**
             * Revoked
             * @constant
             */
            revoked: true;
        };
        /**
         * RightPlace
         * @description Where a question's answer stands: a document and its section's number or heading ("": anywhere in it).
         */
        RightPlace: {
            /**
             * Item Id
             * Format: uuid
             */
            item_id: string;
            /**
             * Section
             * @default
             */
            section?: string;
        };
        /**
         * RolledBack
         * @description Which version answers now.
         */
        RolledBack: {
            /** Version */
            version: string;
        };
        /**
         * Rotated
         * @description The wrapping key now in use, how many people's keys were wrapped anew, and how many older ones were dropped.
         */
        Rotated: {
            /** Dropped */
            dropped: number;
            /** Key */
            key: string;
            /** Rewrapped */
            rewrapped: number;
        };
        /**
         * Rotation
         * @description `forget`: drop older wrapping keys, so that older snapshots' vaults open no more.
         */
        Rotation: {
            /**
             * Forget
             * @default false
             */
            forget?: boolean;
        };
        /**
         * RuleData
         * @description A rule of the thresholds; `window` and `every` as the file writes them ("24h").
         */
        RuleData: {
            action: components["schemas"]["Action"];
            /** Clear */
            clear: number;
            /** Critical */
            critical: number | null;
            /**
             * Direction
             * @enum {string}
             */
            direction: "below" | "above";
            /** Kpi */
            kpi: string;
            /** Least */
            least: number;
            /**
             * Method
             * @enum {string}
             */
            method: "threshold" | "ewma" | "cusum";
            /** Name */
            name: string;
            /** Segment */
            segment: string;
            /** Text */
            text: string;
            /** Threshold Text */
            threshold_text: string;
            /** Times */
            times: number;
            /** Title */
            title: string;
            /** Warn */
            warn: number;
            /** Window */
            window: string;
        };
        /**
         * RunRequest
         * @description `dry_run` changes nothing and says what would follow.
         */
        RunRequest: {
            /**
             * Dry Run
             * @default false
             */
            dry_run?: boolean;
        };
        /**
         * Saved
         * @description It is stored.
         */
        Saved: {
            /**
             * Saved
             * @constant
             */
            saved: true;
        };
        /**
         * SavedEvents
         * @description New events, and events that had been delivered before.
         */
        SavedEvents: {
            /** Duplicates */
            duplicates: number;
            /** Saved */
            saved: number;
        };
        /**
         * SavedThresholds
         * @description A text that was saved: by whom and when.
         */
        SavedThresholds: {
            /** Actor */
            actor: string;
            /**
             * Saved At
             * Format: date-time
             */
            saved_at: string;
            /** Version */
            version: string;
        };
        /**
         * ScheduleColumns
         * @description Each quarter-hour: prices as paid and received, loads, battery (charging positive), and the grid with and without the schedule.
         */
        ScheduleColumns: {
            /** Base Kw */
            base_kw: number[];
            /** Battery Kw */
            battery_kw: number[];
            /** Buy Eur Kwh */
            buy_eur_kwh: number[];
            /** Curtailed Kw */
            curtailed_kw: number[];
            /** Grid Kw */
            grid_kw: number[];
            /** Idle Grid Kw */
            idle_grid_kw: number[];
            /** Pv Kw */
            pv_kw: number[];
            /** Sell Eur Kwh */
            sell_eur_kwh: number[];
            /** Stored Kwh */
            stored_kwh: number[];
            /** Ts */
            ts: number[];
        };
        /**
         * ScheduleData
         * @description The same; `schedule_id` where it is kept.
         */
        ScheduleData: {
            columns: components["schemas"]["ScheduleColumns"];
            /** Cost Eur */
            cost_eur: number;
            /** Cpu Seconds */
            cpu_seconds: number;
            /** Created At */
            created_at: string | null;
            /** Cycle Eur */
            cycle_eur: number;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Days */
            days: number;
            /** Energy Eur */
            energy_eur: number;
            /** Feed In Eur */
            feed_in_eur: number;
            /** Gap */
            gap: number;
            /** Idle Eur */
            idle_eur: number | null;
            /** Idle Peak Kw */
            idle_peak_kw: number;
            /** Loads Kw */
            loads_kw: {
                [key: string]: number[];
            };
            /** Meter Id */
            meter_id: string | null;
            /** Peak Eur */
            peak_eur: number;
            /** Peak Kw */
            peak_kw: number;
            /** Penalty Eur */
            penalty_eur: number;
            /** Plant */
            plant: {
                [key: string]: unknown;
            };
            /** Reasons */
            reasons: components["schemas"]["ScheduleReason"][];
            /** Saves Eur */
            saves_eur: number | null;
            /** Schedule Id */
            schedule_id: string | null;
            /** Seconds */
            seconds: number;
            sources: components["schemas"]["ScheduleSources"];
            /** Title */
            title: string;
        };
        /**
         * ScheduleList
         * @description The newest first.
         */
        ScheduleList: {
            /** Schedules */
            schedules: components["schemas"]["ScheduleListed"][];
        };
        /**
         * ScheduleListed
         * @description A kept schedule in a list.
         */
        ScheduleListed: {
            /** Cost Eur */
            cost_eur: number | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Idle Eur */
            idle_eur: number | null;
            /** Meter Id */
            meter_id: string | null;
            /** Mine */
            mine: boolean;
            /**
             * Schedule Id
             * Format: uuid
             */
            schedule_id: string;
            /** Title */
            title: string;
        };
        /**
         * ScheduleReason
         * @description A wish that could not be met: by how many kWh, at what penalty, and why in German.
         */
        ScheduleReason: {
            /** Kind */
            kind: string;
            /** Kwh */
            kwh: number;
            /** Name */
            name: string;
            /** Penalty Eur */
            penalty_eur: number;
            /** Text */
            text: string;
        };
        /**
         * ScheduleRequest
         * @description A day to plan: a meter (its plant, tariff and usual load) or a plant, and the market's prices or given ones.
         *
         *     What the plant says goes before what is known of the meter. Without a day it is tomorrow, or today where no prices reach further.
         */
        ScheduleRequest: {
            /**
             * Day
             * @description The first local day.
             */
            day?: string | null;
            /**
             * Days
             * @default 1
             */
            days?: number;
            /**
             * Keep
             * @description Keep it in the list.
             * @default false
             */
            keep?: boolean;
            /** Market */
            market?: string | null;
            /** Meter Id */
            meter_id?: string | null;
            plant?: components["schemas"]["PlantData"] | null;
            prices?: components["schemas"]["GivenPrices"] | null;
            /**
             * Title
             * @default
             */
            title?: string;
            /**
             * Zone
             * @default DE-LU
             */
            zone?: string;
        };
        /**
         * ScheduleSources
         * @description Where prices, base load and PV of a schedule come from.
         */
        ScheduleSources: {
            /**
             * Base
             * @enum {string}
             */
            base: "plant" | "forecast" | "usual" | "none";
            /**
             * Prices
             * @enum {string}
             */
            prices: "market" | "forecast" | "given" | "fixed";
            /**
             * Pv
             * @enum {string}
             */
            pv: "plant" | "usual" | "none";
        };
        /**
         * SectionSpan
         * @description A section's span in the text.
         */
        SectionSpan: {
            /** End */
            end: number;
            /** Label */
            label: string;
            /** Path */
            path: string[];
            /** Start */
            start: number;
            /** Title */
            title: string;
        };
        /**
         * SentenceData
         * @description A sentence with the numbers of its citations and the ids of its facts; `checked` is false when nothing supports it.
         */
        SentenceData: {
            /** Checked */
            checked: boolean;
            /** Citations */
            citations: number[];
            /** Facts */
            facts: string[];
            /** Text */
            text: string;
        };
        /**
         * SentenceEvent
         * @description `event: sentence`: one checked sentence, with the citations and facts that are new in it.
         */
        SentenceEvent: {
            /** Checked */
            checked: boolean;
            /** Citations */
            citations: number[];
            /** Facts */
            facts: string[];
            /** New Citations */
            new_citations: components["schemas"]["CitationData"][];
            /** New Facts */
            new_facts: components["schemas"]["FactData"][];
            /** Text */
            text: string;
        };
        /**
         * ServiceHealth
         * @description One service; `absent` means: not configured, nothing is wrong.
         */
        ServiceHealth: {
            /** Detail */
            detail: string;
            /** Engine */
            engine: ("embedded" | "server") | null;
            /** Latency Ms */
            latency_ms: number | null;
            /**
             * Status
             * @enum {string}
             */
            status: "ok" | "degraded" | "failed" | "absent";
        };
        /**
         * SessionData
         * @description Who is signed in; `csrf` goes into `X-CSRF-Token` of every unsafe request.
         */
        SessionData: {
            /** Csrf */
            csrf: string;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "customer" | "reviewer" | "engineer" | "auditor";
            /** User */
            user: string | null;
        };
        /**
         * SessionDelivery
         * @description A session or a part of it. Parts may come in any order, and again.
         */
        SessionDelivery: {
            /**
             * Channel
             * @default null
             */
            channel?: string | null;
            /** @default null */
            consent?: components["schemas"]["DeliveredConsent"] | null;
            /**
             * Ended At
             * @default null
             */
            ended_at?: string | null;
            /**
             * @default {
             *       "address": null,
             *       "birth_date": null,
             *       "city": null,
             *       "contract_no": null,
             *       "customer_no": null,
             *       "email": null,
             *       "first_name": null,
             *       "iban": null,
             *       "id_card": null,
             *       "ip": null,
             *       "last_name": null,
             *       "malo": null,
             *       "melo": null,
             *       "meter": null,
             *       "mobile": null,
             *       "name": null,
             *       "phone": null,
             *       "plate": null,
             *       "street": null,
             *       "tax_id": null
             *     }
             */
            fields?: components["schemas"]["SessionFields"];
            /** Session Id */
            session_id: string;
            /**
             * Source
             * @default sophia
             */
            source?: string;
            /**
             * Started At
             * @default null
             */
            started_at?: string | null;
            /**
             * Turns
             * @default []
             */
            turns?: components["schemas"]["SessionTurn"][];
            /**
             * User
             * @description The person's id in the sender's system; the same that `nova keys token` knows them by.
             */
            user: string;
        };
        /**
         * SessionFields
         * @description Values of the person that the sender knows: replaced wherever they stand in the conversation, and kept in the person's vault only.
         */
        SessionFields: {
            /**
             * Address
             * @default null
             */
            address?: string | null;
            /**
             * Birth Date
             * @default null
             */
            birth_date?: string | null;
            /**
             * City
             * @default null
             */
            city?: string | null;
            /**
             * Contract No
             * @default null
             */
            contract_no?: string | null;
            /**
             * Customer No
             * @default null
             */
            customer_no?: string | null;
            /**
             * Email
             * @default null
             */
            email?: string | null;
            /**
             * First Name
             * @default null
             */
            first_name?: string | null;
            /**
             * Iban
             * @default null
             */
            iban?: string | null;
            /**
             * Id Card
             * @default null
             */
            id_card?: string | null;
            /**
             * Ip
             * @default null
             */
            ip?: string | null;
            /**
             * Last Name
             * @default null
             */
            last_name?: string | null;
            /**
             * Malo
             * @default null
             */
            malo?: string | null;
            /**
             * Melo
             * @default null
             */
            melo?: string | null;
            /**
             * Meter
             * @default null
             */
            meter?: string | null;
            /**
             * Mobile
             * @default null
             */
            mobile?: string | null;
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Phone
             * @default null
             */
            phone?: string | null;
            /**
             * Plate
             * @default null
             */
            plate?: string | null;
            /**
             * Street
             * @default null
             */
            street?: string | null;
            /**
             * Tax Id
             * @default null
             */
            tax_id?: string | null;
        };
        /**
         * SessionTurn
         * @description One thing said; `seq` counts from 0 within the session.
         */
        SessionTurn: {
            /**
             * @default {
             *       "citations": null,
             *       "confidence": null,
             *       "cost_eur": null,
             *       "dwell_ms": null,
             *       "escalated": null,
             *       "groundedness": null,
             *       "latency_ms": null,
             *       "rating": null,
             *       "refused": null,
             *       "rephrased": null,
             *       "resolved": null,
             *       "sentiment": null,
             *       "tokens": null,
             *       "tokens_in": null,
             *       "tokens_out": null,
             *       "useful": null
             *     }
             */
            meta?: components["schemas"]["TurnMeta"];
            /**
             * Role
             * @enum {string}
             */
            role: "user" | "assistant" | "agent";
            /** Seq */
            seq: number;
            /** Text */
            text: string;
            /**
             * Ts
             * Format: date-time
             */
            ts: string;
        };
        /**
         * SettingData
         * @description A setting in force; a secret's value is masked.
         */
        SettingData: {
            /** Description */
            description: string;
            /** Name */
            name: string;
            /** Secret */
            secret: boolean;
            /**
             * Source
             * @enum {string}
             */
            source: "default" | "env" | "file" | "command";
            /** Value */
            value: string;
        };
        /**
         * SettingList
         * @description All settings.
         */
        SettingList: {
            /** Settings */
            settings: components["schemas"]["SettingData"][];
        };
        /**
         * SignalSeries
         * @description Values of a signal.
         */
        SignalSeries: {
            columns: components["schemas"]["Columns"];
            /** Quality */
            quality: {
                [key: string]: number;
            };
            /** Resolution */
            resolution: number;
            /** Signal */
            signal: string;
            /** Unit */
            unit: string;
            /** Zone */
            zone: string;
        };
        /**
         * SignedOut
         * @description The session is over.
         */
        SignedOut: {
            /**
             * Signed Out
             * @constant
             */
            signed_out: true;
        };
        /**
         * SignIn
         * @description The operator's key or a customer's token.
         */
        SignIn: {
            /** Key */
            key: string;
        };
        /**
         * Silenced
         * @description Until when nobody is told.
         */
        Silenced: {
            /** Rule */
            rule: string;
            /** Silent Until */
            silent_until: string | null;
        };
        /**
         * SilenceRequest
         * @description For how many hours nobody is told of a rule; 0 ends it.
         */
        SilenceRequest: {
            /** Hours */
            hours: number;
        };
        /**
         * SimData
         * @description The simulator: whether it is to run, what it simulates, how often, and how far it has come.
         */
        SimData: {
            /** Days */
            days: number;
            /** Faults */
            faults: boolean;
            /** Last At */
            last_at: string | null;
            /** Last Error */
            last_error: string | null;
            /** Market Interval Sec */
            market_interval_sec: number;
            /** Markets */
            markets: string[];
            /** Meters */
            meters: number;
            /** Products */
            products: string[];
            /** Rows */
            rows: number;
            /** Running */
            running: boolean;
            /** Seed */
            seed: number;
            /** Smartmeter Interval Sec */
            smartmeter_interval_sec: number;
            /** Until */
            until: number | null;
        };
        /**
         * SimRequest
         * @description Start or stop the simulator. With `start` what is not named stays as it was (at first: ten meters, two weeks back, seed 1).
         */
        SimRequest: {
            /**
             * Action
             * @enum {string}
             */
            action: "start" | "stop";
            /** Days */
            days?: number | null;
            /** Faults */
            faults?: boolean | null;
            /** Meters */
            meters?: number | null;
            /** Seed */
            seed?: number | null;
        };
        /**
         * SnapshotData
         * @description A snapshot. `flaws` are stored files that were missing or damaged already.
         *
         *     `counts` are rows in each table, and `documents`, which snapshots of earlier releases lack.
         */
        SnapshotData: {
            /** Bytes */
            bytes: number;
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Encrypted */
            encrypted: boolean;
            /** File */
            file: string;
            /** Flaws */
            flaws: string[];
            /** Index */
            index: boolean;
            /** Nova */
            nova: string;
            /** Objects */
            objects: number;
            /**
             * Origin
             * @enum {string}
             */
            origin: "person" | "schedule" | "proof";
            proof: components["schemas"]["ProofData"] | null;
            /** Schema Version */
            schema_version: string;
            /** Sha256 */
            sha256: string;
            /**
             * Snapshot Id
             * Format: uuid
             */
            snapshot_id: string;
        };
        /**
         * SnapshotList
         * @description Newest first, with the last restore that was tried and the rhythm (0: none are made by themselves). `folder` is where they lie.
         */
        SnapshotList: {
            /** Every Hours */
            every_hours: number;
            /** Folder */
            folder: string;
            /** Keep */
            keep: number;
            last_proof: components["schemas"]["ProofData"] | null;
            /** Recipient */
            recipient: string;
            /** Snapshots */
            snapshots: components["schemas"]["SnapshotData"][];
        };
        /**
         * SnapshotRequest
         * @description What to save. The database is always in it; with `qdrant` the search index too, which is otherwise made from the database.
         */
        SnapshotRequest: {
            /**
             * Aside
             * @description Keep it hidden until whoever asked has exchanged its key; removed after an hour otherwise.
             * @default false
             */
            aside?: boolean;
            /**
             * Pg Dump
             * @description Include the database; false is refused, since nothing could be restored.
             * @default true
             * @constant
             */
            pg_dump?: true;
            /**
             * Qdrant
             * @description Include the embedded search index: larger, restored sooner.
             * @default false
             */
            qdrant?: boolean;
            /**
             * Recipient
             * @description age public key to encrypt to.
             */
            recipient?: string | null;
        };
        /**
         * StartedJob
         * @description Work that runs on; watch it at `/jobs/{job_id}`.
         */
        StartedJob: {
            /**
             * Job Id
             * Format: uuid
             */
            job_id: string;
        };
        /**
         * Starters
         * @description Questions to begin with, taken from the documents.
         */
        Starters: {
            /** Questions */
            questions: string[];
        };
        /**
         * StatusEvent
         * @description `event: status` of a streamed answer.
         */
        StatusEvent: {
            /**
             * Stage
             * @enum {string}
             */
            stage: "searching" | "reading" | "writing";
        };
        /**
         * StoredQuestions
         * @description The operator's questions for measuring.
         */
        StoredQuestions: {
            /** Questions */
            questions: components["schemas"]["KnownQuestion"][];
        };
        /**
         * SubjectChange
         * @description Other systems know the person by another name.
         */
        SubjectChange: {
            /** External Id */
            external_id: string;
        };
        /**
         * SubjectData
         * @description Who somebody is here; `external_id` None: they do not sign in.
         */
        SubjectData: {
            /** External Id */
            external_id: string | null;
            /**
             * Subject Id
             * Format: uuid
             */
            subject_id: string;
            /** User Id */
            user_id: string | null;
        };
        /**
         * SuggestedItem
         * @description A recommended passage; `score` from 0 to about 1.
         */
        SuggestedItem: {
            /**
             * Chunk Id
             * Format: uuid
             */
            chunk_id: string;
            payload: components["schemas"]["SuggestedPayload"];
            /** Score */
            score: number;
        };
        /**
         * SuggestedItems
         * @description Best first; `list_id` names the list in the log of chances, where it is logged.
         */
        SuggestedItems: {
            /** Items */
            items: components["schemas"]["SuggestedItem"][];
            /**
             * List Id
             * Format: uuid
             */
            list_id: string;
        };
        /**
         * SuggestedPayload
         * @description The passage.
         */
        SuggestedPayload: {
            /**
             * Item Id
             * Format: uuid
             */
            item_id: string;
            /** Kind */
            kind: string;
            /** Page */
            page: number | null;
            /** Path */
            path: string[];
            /** Section */
            section: string;
            /** Tags */
            tags: string[];
            /** Text */
            text: string;
            /** Title */
            title: string;
        };
        /**
         * SummaryReport
         * @description Seven days beside the seven before; `lines` are the same for a terminal.
         */
        SummaryReport: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Before */
            before: {
                [key: string]: number;
            };
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /**
             * Frm
             * Format: date-time
             */
            frm: string;
            /** Kpis */
            kpis: components["schemas"]["ReportedKpi"][];
            /** Lines */
            lines: string[];
            /** Standing */
            standing: {
                [key: string]: number;
            };
            /**
             * To
             * Format: date-time
             */
            to: string;
        };
        /**
         * SystemInfo
         * @description What runs here.
         */
        SystemInfo: {
            /** Analyser */
            analyser: string;
            /** Build */
            build: string;
            /**
             * Environment
             * @enum {string}
             */
            environment: "prod" | "dev";
            /**
             * First Run
             * @description True until there is a document.
             */
            first_run: boolean;
            /** Git Sha */
            git_sha: string;
            limits: components["schemas"]["Limits"];
            models: components["schemas"]["Models"];
            /**
             * Name
             * @constant
             */
            name: "Nova";
            /** Prompt Version */
            prompt_version: string;
            /**
             * Tone
             * @enum {string}
             */
            tone: "luna" | "sachlich";
            /** Version */
            version: string;
        };
        /**
         * TakenBack
         * @description A delivery as it stands, and the job that takes it back.
         */
        TakenBack: {
            import: components["schemas"]["ImportData"];
            /**
             * Job Id
             * Format: uuid
             */
            job_id: string;
        };
        /**
         * TariffData
         * @description What a meter's owner pays, ct/kWh in the end amount: a fixed price, or the spot price with VAT and a surcharge; and is paid.
         */
        TariffData: {
            /** Feed In Ct Kwh */
            feed_in_ct_kwh?: number | null;
            /** Fixed Ct Kwh */
            fixed_ct_kwh?: number | null;
            /** Surcharge Ct Kwh */
            surcharge_ct_kwh?: number | null;
            /** Vat Percent */
            vat_percent?: number | null;
        };
        /**
         * TermDecision
         * @description Whether a pair of words is to count.
         */
        TermDecision: {
            /** Approved */
            approved: boolean;
        };
        /**
         * ThresholdData
         * @description The thresholds in force. `own`: the installation's own file; `missing`: shipped rules that it has not got.
         */
        ThresholdData: {
            /** Every */
            every: string;
            /** History */
            history: components["schemas"]["SavedThresholds"][];
            /** Missing */
            missing: string[];
            /** Own */
            own: boolean;
            /** Path */
            path: string;
            /**
             * Problem
             * @description What is wrong with the text, where it was edited by hand; no rule holds then.
             */
            problem: string | null;
            /** Rules */
            rules: components["schemas"]["RuleData"][];
            /** Text */
            text: string;
            /** Version */
            version: string;
        };
        /**
         * TicketChange
         * @description What happened to a ticket.
         */
        TicketChange: {
            /** Actor */
            actor: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Change Id
             * Format: uuid
             */
            change_id: string;
            /** Comment */
            comment: string;
            /** Facts */
            facts: {
                [key: string]: unknown;
            };
            /** What */
            what: string;
        };
        /**
         * TicketData
         * @description A ticket. `gain`: share of questions it should help with bounds; `effect`: its figure before and after, once measured.
         */
        TicketData: {
            /**
             * Changed At
             * Format: date-time
             */
            changed_at: string;
            /** Closed At */
            closed_at: string | null;
            /** Effect */
            effect: {
                [key: string]: unknown;
            } | null;
            /** Evidence */
            evidence: {
                [key: string]: unknown;
            };
            /** Gain */
            gain: {
                [key: string]: unknown;
            } | null;
            /** Gap Id */
            gap_id: string | null;
            /** Gap Questions */
            gap_questions: number;
            /** Gap Terms */
            gap_terms: string[];
            /**
             * Kind
             * @enum {string}
             */
            kind: "knowledge" | "prompt" | "ranking" | "training" | "operations" | "other";
            /** Kpi */
            kpi: string;
            /** Number */
            number: number;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Opened By */
            opened_by: string;
            /**
             * Owner
             * @enum {string}
             */
            owner: "chronos" | "lumina" | "orion" | "aura";
            /** Rule */
            rule: string;
            /** Segment */
            segment: string;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "doing" | "waiting" | "done" | "dropped";
            /** State Text */
            state_text: string;
            /** Text */
            text: string;
            /**
             * Ticket Id
             * Format: uuid
             */
            ticket_id: string;
            /** Title */
            title: string;
            /** Version */
            version: number;
        };
        /**
         * TicketDetail
         * @description With its history, alerts and questions.
         */
        TicketDetail: {
            /**
             * Changed At
             * Format: date-time
             */
            changed_at: string;
            /** Closed At */
            closed_at: string | null;
            /** Effect */
            effect: {
                [key: string]: unknown;
            } | null;
            /** Episodes */
            episodes: components["schemas"]["TicketEpisode"][];
            /** Evidence */
            evidence: {
                [key: string]: unknown;
            };
            /** Gain */
            gain: {
                [key: string]: unknown;
            } | null;
            /** Gap Id */
            gap_id: string | null;
            /** Gap Questions */
            gap_questions: number;
            /** Gap Terms */
            gap_terms: string[];
            /** History */
            history: components["schemas"]["TicketChange"][];
            /**
             * Kind
             * @enum {string}
             */
            kind: "knowledge" | "prompt" | "ranking" | "training" | "operations" | "other";
            /** Kpi */
            kpi: string;
            /** Number */
            number: number;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Opened By */
            opened_by: string;
            /**
             * Owner
             * @enum {string}
             */
            owner: "chronos" | "lumina" | "orion" | "aura";
            /** Questions */
            questions: components["schemas"]["GapQuestion"][];
            /** Rule */
            rule: string;
            /** Segment */
            segment: string;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "doing" | "waiting" | "done" | "dropped";
            /** State Text */
            state_text: string;
            /** Text */
            text: string;
            /**
             * Ticket Id
             * Format: uuid
             */
            ticket_id: string;
            /** Title */
            title: string;
            /** Version */
            version: number;
        };
        /**
         * TicketEpisode
         * @description An alert that led to the ticket.
         */
        TicketEpisode: {
            /** Ended At */
            ended_at: string | null;
            /**
             * Episode Id
             * Format: uuid
             */
            episode_id: string;
            /** Kpi */
            kpi: string;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Outcome */
            outcome: ("recovered" | "no_data" | "removed") | null;
            /** Rule */
            rule: string;
            /**
             * Worst
             * @enum {string}
             */
            worst: "warn" | "critical";
        };
        /**
         * TicketList
         * @description A page, with how many there are in all by state.
         */
        TicketList: {
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /** Tickets */
            tickets: components["schemas"]["TicketData"][];
            /** Total */
            total: number;
        };
        /**
         * TicketPatch
         * @description A field left out stays as it is; `version` is the one that was seen. A comment is redacted before it is stored.
         */
        TicketPatch: {
            /** Comment */
            comment?: string | null;
            /** Owner */
            owner?: ("chronos" | "lumina" | "orion" | "aura") | null;
            /** State */
            state?: ("open" | "doing" | "waiting" | "done" | "dropped") | null;
            /** Version */
            version?: number | null;
        };
        /**
         * ToneLabel
         * @description What a turn sounds like to a person who read it.
         */
        ToneLabel: {
            /**
             * Label
             * @enum {string}
             */
            label: "positive" | "neutral" | "negative" | "unknown";
        };
        /**
         * ToneReport
         * @description Who tells the tone: the site's `own` model or the lexicon; macro F1 of both on the labels (the model's cross-validated).
         */
        ToneReport: {
            /** F1 */
            f1: number | null;
            /** Labels */
            labels: number;
            /** Lexicon F1 */
            lexicon_f1: number | null;
            /** Needed */
            needed: number;
            /** Own */
            own: boolean;
        };
        /**
         * TurnCorrection
         * @description What the person really said: replaces a turn of theirs.
         */
        TurnCorrection: {
            /**
             * Conversation Id
             * Format: uuid
             */
            conversation_id: string;
            /** Seq */
            seq: number;
            /** Text */
            text: string;
        };
        /**
         * TurnData
         * @description One thing said, pseudonymised. `meta` holds what the sender measured, `tone` what a reviewer heard.
         */
        TurnData: {
            /** Answer Id */
            answer_id: string | null;
            /** Meta */
            meta: {
                [key: string]: unknown;
            };
            /** Review Id */
            review_id: string | null;
            /**
             * Role
             * @enum {string}
             */
            role: "user" | "assistant" | "agent";
            /** Seq */
            seq: number;
            /** Text */
            text: string;
            /** Tone */
            tone: ("positive" | "neutral" | "negative" | "unknown") | null;
            /**
             * Ts
             * Format: date-time
             */
            ts: string;
            /** Useful */
            useful: boolean | null;
        };
        /**
         * TurnMeta
         * @description What the sender measured of a turn: numbers and switches only, so that nothing personal can come this way.
         */
        TurnMeta: {
            /**
             * Citations
             * @default null
             */
            citations?: number | null;
            /**
             * Confidence
             * @default null
             */
            confidence?: number | null;
            /**
             * Cost Eur
             * @default null
             */
            cost_eur?: number | null;
            /**
             * Dwell Ms
             * @default null
             */
            dwell_ms?: number | null;
            /**
             * Escalated
             * @default null
             */
            escalated?: boolean | null;
            /**
             * Groundedness
             * @default null
             */
            groundedness?: number | null;
            /**
             * Latency Ms
             * @default null
             */
            latency_ms?: number | null;
            /**
             * Rating
             * @default null
             */
            rating?: number | null;
            /**
             * Refused
             * @default null
             */
            refused?: boolean | null;
            /**
             * Rephrased
             * @default null
             */
            rephrased?: boolean | null;
            /**
             * Resolved
             * @default null
             */
            resolved?: boolean | null;
            /**
             * Sentiment
             * @default null
             */
            sentiment?: number | null;
            /**
             * Tokens
             * @default null
             */
            tokens?: number | null;
            /**
             * Tokens In
             * @default null
             */
            tokens_in?: number | null;
            /**
             * Tokens Out
             * @default null
             */
            tokens_out?: number | null;
            /**
             * Useful
             * @default null
             */
            useful?: boolean | null;
        };
        /**
         * Values
         * @description Least, mean and greatest value of each bucket; null where nothing is known.
         */
        Values: {
            /** Max */
            max: (number | null)[];
            /** Mean */
            mean: (number | null)[];
            /** Min */
            min: (number | null)[];
        };
        /**
         * VersionList
         * @description The oldest first.
         */
        VersionList: {
            /** Versions */
            versions: components["schemas"]["nova__api__models__owning__VersionData"][];
        };
        /**
         * Vocabulary
         * @description The domain vocabulary as a file; `path` is where changes are kept, `version` names the text.
         */
        Vocabulary: {
            /** Entries */
            entries: number;
            /** Path */
            path: string;
            /** Text */
            text: string;
            /** Version */
            version: string;
        };
        /**
         * WatchedGpu
         * @description A graphics card: its use from 0 to 1, its memory in bytes.
         */
        WatchedGpu: {
            /** Memory Total */
            memory_total: number | null;
            /** Memory Used */
            memory_used: number | null;
            /** Name */
            name: string;
            /** Used */
            used: number | null;
        };
        /**
         * WatchedJob
         * @description A running job, without its title.
         */
        WatchedJob: {
            /**
             * Job Id
             * Format: uuid
             */
            job_id: string;
            /** Kind */
            kind: string;
            /** Progress */
            progress: number;
            /** Stage */
            stage: string;
            /** Started At */
            started_at: string | null;
            /** Total */
            total: number;
        };
        /**
         * WatchedJobs
         * @description Running jobs, how many wait, how many failed within a day.
         */
        WatchedJobs: {
            /** Failed 24H */
            failed_24h: number;
            /** Queued */
            queued: number;
            /** Running */
            running: components["schemas"]["WatchedJob"][];
        };
        /**
         * WatchedMachine
         * @description The machine: shares from 0 to 1, memory and disk in bytes. What the system does not tell is null.
         */
        WatchedMachine: {
            /** Cores */
            cores: number;
            /** Cpu */
            cpu: number | null;
            /** Disk Free */
            disk_free: number;
            /** Disk Total */
            disk_total: number;
            /** Gpus */
            gpus: components["schemas"]["WatchedGpu"][] | null;
            /** Load */
            load: number | null;
            /** Memory Available */
            memory_available: number | null;
            /** Memory Total */
            memory_total: number | null;
            /** Own Memory */
            own_memory: number | null;
            /** Processes */
            processes: components["schemas"]["WatchedProcess"][];
        };
        /**
         * WatchedProcess
         * @description One of Nova's own processes: its share of memory in bytes (all it holds when `shared`), and the cores it keeps busy.
         */
        WatchedProcess: {
            /** Cpu */
            cpu: number | null;
            /** Memory */
            memory: number | null;
            /** Name */
            name: string;
            /** Pid */
            pid: number;
            /** Shared */
            shared: boolean;
        };
        /**
         * WatchedService
         * @description A service and how fast it answered, in milliseconds.
         */
        WatchedService: {
            /** Detail */
            detail: string;
            /** Latency Ms */
            latency_ms: number | null;
            /** Name */
            name: string;
            /**
             * Status
             * @enum {string}
             */
            status: "ok" | "degraded" | "failed" | "absent";
        };
        /**
         * WeighRequest
         * @description Questions of your own beside the documents' headings; none is fine.
         */
        WeighRequest: {
            /** Questions */
            questions?: components["schemas"]["KnownQuestion"][];
        };
        /**
         * WrittenPage
         * @description A page of the journal that was written, and how many entries it has.
         */
        WrittenPage: {
            /** Entries */
            entries: number;
            /** Page */
            page: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description Seconds to wait. */
        RetryAfter: number;
        /** @description The request's id, as in `trace_id`. */
        TraceId: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_alerts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_AlertList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    silence_alert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SilenceRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Silenced_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_alert_history: {
        parameters: {
            query?: {
                events?: boolean;
                limit?: number;
                offset?: number;
                rule?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ChangeList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    run_alerts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Evaluation_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_audit: {
        parameters: {
            query?: {
                action?: string | null;
                actor?: string | null;
                before?: number | null;
                /** @description Begin (ISO 8601); a time without offset is UTC. */
                from?: string | null;
                limit?: number;
                target?: string | null;
                /** @description End, not included. */
                to?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_AuditList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_actions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ActionList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    verify_audit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_AuditVerdict_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_consents: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                purpose?: ("service" | "analytics" | "training" | "profiling") | null;
                subject_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ConsentPeople_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    record_consent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OthersConsent"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_PersonConsent_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_consent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subject_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_PersonConsent_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_consent_log: {
        parameters: {
            query?: {
                before?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ConsentLog_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    write_consent_log: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_WrittenPage_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_conversations: {
        parameters: {
            query?: {
                /** @description Begin (ISO 8601); a time without offset is UTC. */
                from?: string | null;
                limit?: number;
                offset?: number;
                purpose?: ("service" | "analytics" | "training" | "profiling") | null;
                source?: string | null;
                subject_id?: string | null;
                /** @description End, not included. */
                to?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ConversationList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ConversationDetail_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    label_turn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ToneLabel"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Labelled_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    search_conversations: {
        parameters: {
            query: {
                channel?: string | null;
                /** @description Begin (ISO 8601); a time without offset is UTC. */
                from?: string | null;
                limit?: number;
                query: string;
                source?: string | null;
                /** @description End, not included. */
                to?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ConversationPassages_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_erasures: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                subject?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ErasureList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    erase_subject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewErasure"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ErasureStarted_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_erasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                erasure_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ErasureData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    retry_erasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                erasure_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ErasureData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_gaps: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                state?: ("open" | "closed") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_GapList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_gap: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gap_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_GapDetail_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Health_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Health_"];
                };
            };
        };
    };
    delete_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_DeletedItem_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_all_items: {
        parameters: {
            query?: {
                kind?: ("document" | "regulation" | "note") | null;
                limit?: number;
                offset?: number;
                order?: "asc" | "desc";
                /** @description Anywhere in title, file name or address. */
                query?: string | null;
                sort?: "created_at" | "title" | "chunks" | "status";
                status?: ("queued" | "running" | "ready" | "failed") | null;
                tag?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ItemList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_any_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ItemDetail_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    delete_any_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_DeletedItem_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    change_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ItemChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ItemDetail_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_chunks: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                version?: number | null;
            };
            header?: never;
            path: {
                item_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ChunkList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    change_items: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_BulkDone_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_keys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_KeyList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    issue_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_IssuedKey_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    revoke_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_RevokedKey_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_kpis: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_KpiList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_kpi: {
        parameters: {
            query?: {
                days?: number;
                segment?: string;
            };
            header?: never;
            path: {
                kpi: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_KpiDetail_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    export_kpi: {
        parameters: {
            query?: {
                days?: number;
                segment?: string;
            };
            header?: never;
            path: {
                kpi: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    measure_kpis: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KpiSpan"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_StartedJob_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_learning: {
        parameters: {
            query?: {
                kind?: ("release" | "topic" | "term") | null;
                limit?: number;
                offset?: number;
                state?: ("rejected" | "live" | "former" | "undone" | "waiting" | "declined") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_LearningState_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_learned: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_LearnedEntry_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    decide_learned: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TermDecision"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_LearnedEntry_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    undo_learned: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_LearnedEntry_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_learning_questions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_StoredQuestions_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    put_learning_questions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LearningQuestions"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_StoredQuestions_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    run_learning: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_StartedJob_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    start_learning: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LearningSwitch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_LearningPlan_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    stop_learning: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_LearningPlan_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_monitor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Monitor_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    run_vector_ingest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PipelineRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_StartedJob_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_prompts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_PromptList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    add_prompt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPrompt"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_PromptDetail_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_prompt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prompt: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_PromptDetail_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    promote_prompt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prompt: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromptPromotion"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Promotion_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    roll_back_prompt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prompt: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_RolledBack_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    try_prompt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prompt: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromptTrial"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_PromptDetail_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_quality: {
        parameters: {
            query?: {
                by?: "chunk" | "item";
                days?: number;
                limit?: number;
                offset?: number;
                sort?: "cited" | "useful" | "worst";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_QualityList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_quotas: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                user?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_KeeperList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    reindex: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReindexRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_StartedJob_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_progress: {
        parameters: {
            query?: {
                weeks?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ProgressReport_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_summary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_SummaryReport_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_retention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_RetentionData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    run_retention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetentionRun"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_RetentionDone_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_reviews: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                reason?: ("thumbs_down" | "ungrounded" | "weak" | "rare" | "sample") | null;
                state?: ("open" | "accepted" | "rejected" | "changed") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ReviewList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ReviewData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    claim_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ReviewData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    decide_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewDecision"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ReviewData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    undo_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ReviewData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    export_curated: {
        parameters: {
            query?: {
                since?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_CuratedList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    fill_reviews: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_StartedJob_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    next_review: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_NextReview_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_SettingList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_snapshots: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_SnapshotList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    make_snapshot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SnapshotRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_StartedJob_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_snapshot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                snapshot_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    delete_snapshot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                snapshot_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Deleted_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    prove_snapshot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                snapshot_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_StartedJob_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    change_subject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subject_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubjectChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_SubjectData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    export_subject: {
        parameters: {
            query?: {
                format?: "json" | "zip";
            };
            header?: never;
            path: {
                subject_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "application/zip": unknown;
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    find_subject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FindSubject"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_SubjectData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_thresholds: {
        parameters: {
            query?: {
                version?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ThresholdData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    put_thresholds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewThresholds"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ThresholdData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    backtest_thresholds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BacktestRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_BacktestData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_tickets: {
        parameters: {
            query?: {
                kind?: ("knowledge" | "prompt" | "ranking" | "training" | "operations" | "other") | null;
                limit?: number;
                offset?: number;
                owner?: ("chronos" | "lumina" | "orion" | "aura") | null;
                state?: ("open" | "doing" | "waiting" | "done" | "dropped") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_TicketList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    open_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTicket"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_TicketDetail_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticket_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_TicketDetail_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    change_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticket_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TicketPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_TicketDetail_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    rotate_vault: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Rotation"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Rotated_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_vocabulary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Vocabulary_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    put_vocabulary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewVocabulary"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Vocabulary_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    weigh_model: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WeighRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_StartedJob_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    export_data: {
        parameters: {
            query?: {
                format?: "csv" | "csv_de" | "json" | "parquet";
                /** @description Begin (ISO 8601); a time without offset is UTC. */
                from?: string | null;
                market?: string | null;
                /** @description Repeat for several; with `readings`. */
                meter_id?: string[];
                /** @description End, excluded. */
                to?: string | null;
                what?: "readings" | "prices";
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "application/vnd.apache.parquet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_fact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                fact_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_FactDetail_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    recompute_fact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                fact_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Recomputed_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_feeds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_FeedList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    switch_feed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_FeedData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_figures: {
        parameters: {
            query: {
                co2_g_kwh?: number | null;
                feed_in_ct_kwh?: number | null;
                fixed_ct_kwh?: number | null;
                /** @description Begin (ISO 8601); a time without offset is UTC. */
                from?: string | null;
                market?: string | null;
                meter_id: string;
                surcharge_ct_kwh?: number | null;
                /** @description End, excluded. */
                to?: string | null;
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_FigureList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_forecast: {
        parameters: {
            query?: {
                /** @description Begin (ISO 8601); a time without offset is UTC. */
                from?: string | null;
                market?: string | null;
                meter_id?: string | null;
                target?: string | null;
                /** @description End, excluded. */
                to?: string | null;
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ForecastData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    run_forecasts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_StartedJob_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_forecasts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ForecastList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_history: {
        parameters: {
            query: {
                market?: string | null;
                meter_id?: string | null;
                product?: string | null;
                signal?: string | null;
                ts: string;
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_VersionList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    import_file: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["ImportForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Imported_"];
                };
            };
            /** @description Das Lesen läuft noch. */
            202: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Imported_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_imports: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                source?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ImportList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ImportData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    take_back: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_TakenBack_"];
                };
            };
            /** @description Das Zurücknehmen läuft noch. */
            202: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_TakenBack_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    stream_data: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `readings`, `prices`, `feed`. */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_market: {
        parameters: {
            query?: {
                /** @description Begin (ISO 8601); a time without offset is UTC. */
                from?: string | null;
                market?: string | null;
                product?: string | null;
                /** @description End, excluded. */
                to?: string | null;
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_PriceSeries_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_meters: {
        parameters: {
            query?: {
                /** @description Whether somebody has it now; false: the company's. */
                assigned?: boolean | null;
                kind?: ("household" | "business" | "pv" | "battery" | "ev" | "heat_pump" | "grid" | "other") | null;
                limit?: number;
                offset?: number;
                simulated?: boolean | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_MeterList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_meter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_MeterDetail_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    delete_meter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Deleted_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    change_meter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeterChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_MeterDetail_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_assignments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_AssignmentList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    assign_meter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Assignments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_AssignmentList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_products: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ProductList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    push_readings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    consumption_kw?: unknown;
                    meter_id?: unknown;
                    production_kw?: unknown;
                    quality?: unknown;
                    seconds?: unknown;
                    ts?: unknown;
                    voltage?: unknown;
                }[];
                "text/csv": string;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Pushed_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    make_schedule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ScheduleData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_schedules: {
        parameters: {
            query?: {
                limit?: number;
                meter_id?: string | null;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ScheduleList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_schedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                schedule_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ScheduleData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    delete_schedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                schedule_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Deleted_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_signals: {
        parameters: {
            query: {
                /** @description Begin (ISO 8601); a time without offset is UTC. */
                from?: string | null;
                signal: string;
                /** @description End, excluded. */
                to?: string | null;
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_SignalSeries_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_smartmeter: {
        parameters: {
            query: {
                /** @description Begin (ISO 8601); a time without offset is UTC. */
                from?: string | null;
                meter_id: string;
                /** @description End, excluded. */
                to?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_MeterSeries_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    save_event: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Saved_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    save_event_batch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventBatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_SavedEvents_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    save_answer_feedback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedbackRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Saved_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_help: {
        parameters: {
            query: {
                route: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Help_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    ingest_doc: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["IngestForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Ingested_"];
                };
            };
            /** @description Aufgenommen; das Lesen läuft noch. */
            202: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Ingested_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    ingest_url: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IngestUrl"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Ingested_"];
                };
            };
            /** @description Aufgenommen; das Lesen läuft noch. */
            202: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Ingested_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_items: {
        parameters: {
            query?: {
                kind?: ("document" | "regulation" | "note") | null;
                limit?: number;
                offset?: number;
                order?: "asc" | "desc";
                /** @description Anywhere in title, file name or address. */
                query?: string | null;
                sort?: "created_at" | "title" | "chunks" | "status";
                status?: ("queued" | "running" | "ready" | "failed") | null;
                tag?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ItemList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ItemDetail_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    delete_own_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_DeletedItem_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_file: {
        parameters: {
            query?: {
                inline?: boolean;
            };
            header?: never;
            path: {
                item_id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_page: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item_id: string;
                number: number;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_marks: {
        parameters: {
            query?: {
                end?: number | null;
                start?: number;
            };
            header?: never;
            path: {
                item_id: string;
                number: number;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_PageMarks_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_text: {
        parameters: {
            query?: {
                end?: number | null;
                start?: number;
            };
            header?: never;
            path: {
                item_id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ItemText_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_jobs: {
        parameters: {
            query?: {
                limit?: number;
                /** @description Only these states; repeat for several. */
                state?: ("queued" | "running" | "done" | "failed" | "cancelled")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_JobList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_JobData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    cancel_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_JobData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    retry_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_JobData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    erase_myself: {
        parameters: {
            query?: {
                /** @description What the first call gave; no body is read. */
                confirm?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_ErasureStarted_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    read_consent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_OwnConsent_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    change_consent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_OwnConsent_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_own_data: {
        parameters: {
            query?: {
                format?: "json" | "zip";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "application/zip": unknown;
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    correct_own_data: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Correction"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Corrected_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_own_erasure: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_OwnErasure_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    object_to_use: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Objected_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_own_quota: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_OwnQuota_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_ingest_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_IngestMetrics_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_overview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Overview_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_own_answers: {
        parameters: {
            query?: {
                before?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_AnswerList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_own_answer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                answer_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_AnswerRecord_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    delete_own_answer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                answer_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Deleted_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    ask_luna: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskRequest"];
            };
        };
        responses: {
            /** @description Mit `stream`: status, passages, sentence, final, error. */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_AnswerData_"];
                    "text/event-stream": unknown;
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_starters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Starters_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    recommend_passages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecommendRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_SuggestedItems_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_recommendations: {
        parameters: {
            query?: {
                limit?: number;
                meter_id?: string | null;
                offset?: number;
                /** @description Only these states; repeat for several. */
                state?: ("open" | "taken" | "later" | "declined" | "past")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_RecommendationList_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    decide_recommendation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recommendation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecisionRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_RecommendationData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    undo_decision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recommendation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_RecommendationData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    run_recommendations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_StartedJob_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    open_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_OpenedToken_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Das gibt es nicht (`not_found`). */
            404: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    read_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_SessionData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    create_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_SessionData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    delete_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_SignedOut_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_simulator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_SimData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    run_simulator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_SimData_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    stream_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ereignisse `job` und `health`. */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_info: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_SystemInfo_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_liveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_Alive_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    take_session: {
        parameters: {
            query?: never;
            header: {
                "X-Nova-Nonce": string;
                /** @description HMAC-SHA256 over `timestamp.nonce.body` with the hook's secret. */
                "X-Nova-Signature": string;
                /** @description Unix time in seconds, ±5 min. */
                "X-Nova-Timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionDelivery"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope_DeliveryResult_"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Derselbe Inhalt ist schon vorhanden (`duplicate`, mit `item_id`), der Zustand lässt es nicht zu (`conflict`), oder die Person belegt schon so viel, wie sie darf (`quota`). */
            409: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    get_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    complete_chat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatRequest"];
            };
        };
        responses: {
            /** @description With `stream`: chat.completion.chunk objects, then [DONE]. */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatCompletion"];
                    "text/event-stream": unknown;
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFailure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFailure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFailure"];
                };
            };
            /** @description Die Anfrage kam zu langsam an (`too_slow`). */
            408: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFailure"];
                };
            };
            /** @description Die Anfrage ist zu groß (`too_large`). */
            413: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFailure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFailure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFailure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFailure"];
                };
            };
            /** @description Der Datenträger ist voll, nichts wurde gespeichert (`disk_full`). */
            507: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFailure"];
                };
            };
        };
    };
    list_models: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatModels"];
                };
            };
            /** @description Die Angaben sind falsch (`validation`, `unsupported_file`, `blocked_address`). */
            400: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFailure"];
                };
            };
            /** @description Nicht angemeldet (`not_signed_in`). */
            401: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFailure"];
                };
            };
            /** @description Nicht erlaubt, auch unter fremden Rechnernamen (`not_allowed`, `csrf`). */
            403: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFailure"];
                };
            };
            /** @description Zu viele Anfragen (`rate_limited`), die Rechenzeit der Minute ist aufgebraucht (`budget`) oder zu viele Aufträge warten (`quota`); `Retry-After` in Sekunden. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFailure"];
                };
            };
            /** @description Unerwarteter Fehler (`internal`). */
            500: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFailure"];
                };
            };
            /** @description Gerade nicht möglich (`busy`, `server_absent`). */
            503: {
                headers: {
                    "X-Trace-Id": components["headers"]["TraceId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFailure"];
                };
            };
        };
    };
}
