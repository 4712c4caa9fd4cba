"""The questionnaire in python-telegram-bot: ConversationHandler, PicklePersistence, own webhook."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update, ext

from benchmarks.peers import questions
from benchmarks.peers.questions import SECRET, TOKEN, URL, serve

GRADE, WORDS, THANKS = range(3)
Context = ext.ContextTypes.DEFAULT_TYPE


async def ask(update: Update, question: str, grade: str = "") -> None:
    text, rows = questions.ask(question, InlineKeyboardButton, grade)
    await update.effective_message.reply_text(text, reply_markup=InlineKeyboardMarkup(rows))


async def begin(update: Update, context: Context) -> int:
    await ask(update, "grade")
    return GRADE


async def take_grade(update: Update, context: Context) -> int:
    query = update.callback_query
    grade = context.user_data["grade"] = query.data.partition(":")[2]
    await query.answer()
    await ask(update, questions.after_grade(grade), grade)
    return WORDS


async def take_words(update: Update, context: Context) -> int:
    context.user_data["words"] = update.message.text
    await ask(update, "thanks", context.user_data["grade"])
    return THANKS


async def end(update: Update, context: Context) -> int:
    await update.callback_query.answer()
    await ask(update, "done")
    return ext.ConversationHandler.END


def main() -> None:
    persistence = ext.PicklePersistence(filepath="answers.pickle")
    building = ext.Application.builder().token(TOKEN).base_url(f"{sys.argv[1]}/bot").updater(None)
    application = building.persistence(persistence).build()
    application.add_handler(
        ext.ConversationHandler(
            entry_points=[ext.CommandHandler("start", begin)],
            states={
                GRADE: [ext.CallbackQueryHandler(take_grade, pattern="^press:[1-7]$")],
                WORDS: [ext.MessageHandler(ext.filters.TEXT & ~ext.filters.COMMAND, take_words)],
                THANKS: [ext.CallbackQueryHandler(end, pattern="^press:Listo$")],
            },
            fallbacks=[ext.CommandHandler("start", begin)],
            name="rating",
            persistent=True,
            per_message=False,
        )
    )

    async def take(update: dict[str, Any]) -> None:
        await application.update_queue.put(Update.de_json(update, application.bot))

    async def run(_: object) -> AsyncIterator[None]:
        async with application:
            await application.bot.set_webhook(URL, secret_token=SECRET)
            await application.start()
            yield
            await application.stop()

    serve(take, run)


if __name__ == "__main__":
    main()
