<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CaseMoves</name>
    <message>
        <source>The case has ended; nothing comes next.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not yet: {why} ({basis})</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>two officers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>an officer</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>document number</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>reason</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Needs: {wanted}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>More steps</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>CaseTimeline</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{date}  Case opened</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{date}  {origin} → {target}</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>DemolitionBar</name>
    <message>
        <source>{done:.1f} / {ordered:.1f} m² ({share:.0f} %)</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>DossierPage</name>
    <message>
        <source>Household no.</source>
        <translation>户编号</translation>
    </message>
    <message>
        <source>Holder</source>
        <translation>户主</translation>
    </message>
    <message>
        <source>Town</source>
        <translation>镇街</translation>
    </message>
    <message>
        <source>Village</source>
        <translation>村社</translation>
    </message>
    <message>
        <source>Hide the name</source>
        <translation>隐去姓名</translation>
    </message>
    <message>
        <source>Show the name in full; that it was shown is recorded</source>
        <translation>显示完整姓名（查看会留痕）</translation>
    </message>
</context>
<context>
    <name>DossierPanel</name>
    <message>
        <source>Search for a household, or select a building or a finding on the map.</source>
        <translation>请在上方搜索户，或在地图上选择建筑或图斑。</translation>
    </message>
    <message>
        <source>No household has these words.</source>
        <translation>没有符合的户。</translation>
    </message>
    <message>
        <source>Building {number}</source>
        <translation>建筑 {number}</translation>
    </message>
    <message>
        <source>Parcel {number}</source>
        <translation>宗地 {number}</translation>
    </message>
    <message>
        <source>This does not belong to any household of the register.</source>
        <translation>所选对象未关联到任何一户。</translation>
    </message>
    <message>
        <source>Several words may be given, apart by spaces; all must occur</source>
        <translation>可输入多个词，以空格隔开，须同时符合</translation>
    </message>
    <message>
        <source>Search for a household</source>
        <translation>搜索户</translation>
    </message>
    <message>
        <source>Household, holder, address, building or parcel no.</source>
        <translation>户编号、户主、地址、建筑或宗地编号</translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
</context>
<context>
    <name>RegisterPage</name>
    <message>
        <source>Loading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>No row has these words. Clear the filter to see all.</source>
        <translation>没有符合筛选的行；清空筛选可显示全部。</translation>
    </message>
    <message>
        <source>No households yet. Import the archive first.</source>
        <translation>还没有户；请先导入建筑档案。</translation>
    </message>
    <message>
        <source>No buildings yet. Import the archive first.</source>
        <translation>还没有建筑；请先导入建筑档案。</translation>
    </message>
    <message>
        <source>No findings yet. Add two surveys and start a detection.</source>
        <translation>还没有图斑；请先添加两期航测并开始检测。</translation>
    </message>
    <message>
        <source>No cases yet. Open one from a finding.</source>
        <translation>还没有案件；可由图斑立案。</translation>
    </message>
</context>
<context>
    <name>StageSteps</name>
    <message>
        <source>{stage} (before: {before})</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>TablesPanel</name>
    <message>
        <source>{shown} of {total}</source>
        <translation>显示 {shown} / {total}</translation>
    </message>
    <message>
        <source>&amp;Filter:</source>
        <translation>筛选(&amp;F)：</translation>
    </message>
    <message>
        <source>Words in any column</source>
        <translation>任一列中的词</translation>
    </message>
    <message>
        <source>Choose the columns that are shown</source>
        <translation>选择显示的列</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Copy the selected rows with headings (Ctrl+C)</source>
        <translation>复制所选行（含表头，Ctrl+C）</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save the shown rows and columns as an Excel workbook</source>
        <translation>将显示的行和列导出为 Excel 表格</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>dossier</name>
    <message>
        <source>Photographs</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>No photographs; add some in the household's case.</source>
        <translation>暂无照片；可在该户的案件中添加。</translation>
    </message>
    <message>
        <source>Flights</source>
        <translation>各期影像</translation>
    </message>
    <message>
        <source>No flight has been added yet.</source>
        <translation>尚未添加航测期次。</translation>
    </message>
    <message>
        <source>This household has nothing on the map.</source>
        <translation>该户在地图上没有宗地和建筑。</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>The image cannot be read</source>
        <translation>影像无法读取</translation>
    </message>
    <message>
        <source>Parcels</source>
        <translation>宗地</translation>
    </message>
    <message>
        <source>No parcel is registered for this household.</source>
        <translation>无登记宗地。</translation>
    </message>
    <message>
        <source>On paper</source>
        <translation>登记面积</translation>
    </message>
    <message>
        <source>Computed</source>
        <translation>图上面积</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>No building is registered for this household.</source>
        <translation>无登记建筑。</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Storeys</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Archived area</source>
        <translation>建筑面积</translation>
    </message>
    <message>
        <source>Built on</source>
        <translation>建成日期</translation>
    </message>
    <message>
        <source>No permit of this household covers this building.</source>
        <translation>该户没有覆盖此建筑的许可。</translation>
    </message>
    <message>
        <source>Footprint (m²)</source>
        <translation>占地（m²）</translation>
    </message>
    <message>
        <source>Height (m)</source>
        <translation>高度（m）</translation>
    </message>
    <message>
        <source>Permitted</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>现状</translation>
    </message>
    <message>
        <source>Excess</source>
        <translation>超出</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Above permit {number}: {words}.</source>
        <translation>超出许可{number}：{words}。</translation>
    </message>
    <message>
        <source>Within permit {number}.</source>
        <translation>符合许可{number}。</translation>
    </message>
    <message>
        <source>Standing: archive, brought forward by findings up to {day}.</source>
        <translation>现状：档案数据并计入截至 {day} 的图斑。</translation>
    </message>
    <message>
        <source>{value} m² more ground</source>
        <translation>多占地 {value} m²</translation>
    </message>
    <message>
        <source>{value} storey(s) too many</source>
        <translation>多 {value} 层</translation>
    </message>
    <message>
        <source>{value} m too high</source>
        <translation>超高 {value} m</translation>
    </message>
    <message>
        <source>Permits</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>No permit was issued to this household.</source>
        <translation>无许可。</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>发证日期</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Footprint</source>
        <translation>占地</translation>
    </message>
    <message>
        <source>Expired on {day}.</source>
        <translation>已于 {day} 过期。</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>图斑</translation>
    </message>
    <message>
        <source>Nothing was found here by comparing flights.</source>
        <translation>比对航测未发现变化。</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Permit</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Seen on</source>
        <translation>发现日期</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>No case against this household.</source>
        <translation>无案件。</translation>
    </message>
    <message>
        <source>Opened on</source>
        <translation>建案日期</translation>
    </message>
    <message>
        <source>Lead officer</source>
        <translation>主办人</translation>
    </message>
    <message>
        <source>time unknown</source>
        <translation>时间不详</translation>
    </message>
</context>
</TS>
