/* Starts the scripts of nhsuk-frontend: focus on what must be put right, no double sending, letters left. */
const { initAll } = await import(document.body.dataset.components);
initAll();
